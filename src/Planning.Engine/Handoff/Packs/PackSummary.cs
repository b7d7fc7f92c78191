using System.Collections.Immutable;
using Planning.Domain;

namespace Planning.Engine.Handoff.Packs;

/// <summary>What an intact pack holds, parted by how far the signatures reach.</summary>
/// <param name="Manifest">Signed; and with it, by checksum, artifacts, evidence, rulebook and the reports of its gate runs.</param>
/// <param name="Carried">Not signed: bound to the rest by the pack's own digest alone.</param>
public sealed record PackSummary(
    ManifestDocument Manifest, ContentHash ManifestDigest, ContentHash PackDigest, ImmutableArray<PackSignature> Signatures, PackCarried Carried)
{
    internal static PackSummary Of(PackContents contents)
    {
        var pack = contents.Pack;
        var signedRuns = pack.Manifest.Manifest.GateRuns.Select(r => r.RunId).ToHashSet();
        var sealedAt = pack.Events.LastOrDefault(e => e.Type == PackHistory.Sealed)?.Position ?? long.MaxValue;
        return new PackSummary(pack.Manifest, contents.ManifestDigest, pack.Digest, pack.Signatures, new PackCarried(
            pack.Events.Length,
            pack.Events.Count(e => e.Position > sealedAt),
            [.. pack.GateRuns.Select(r => new GateRunId(PackGateRun.Of(r).RunId)).Where(id => !signedRuns.Contains(id))],
            pack.Keys.Length));
    }
}

/// <param name="Events">Of the plan and its manifest.</param>
/// <param name="EventsAfterSeal">Approvals, gate 3, execution reports and whatever else came later.</param>
/// <param name="GateRuns">Runs that the manifest does not name.</param>
/// <param name="Keys">Key registrations: to whom a key belongs, in what role, and how long it was valid.</param>
public sealed record PackCarried(int Events, int EventsAfterSeal, ImmutableArray<GateRunId> GateRuns, int Keys);
