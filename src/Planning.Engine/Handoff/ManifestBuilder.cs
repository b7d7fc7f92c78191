using System.Collections.Immutable;
using System.Text.Json;
using Planning.Artifacts.Canonical;
using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Json;

namespace Planning.Engine.Handoff;

/// <summary>What a manifest is made from. The same input gives the same bytes, always.</summary>
/// <param name="Plan">As it was right after it was packaged.</param>
/// <param name="Runs">The reports of the gates that it passed, in the order in which it passed them.</param>
/// <param name="Rules">The rulebook that the packaging gate saw.</param>
public sealed record ManifestInput(
    WorkspaceId Workspace,
    ManifestId Id,
    int Number,
    ManifestId? Supersedes,
    DateTimeOffset PackagedAt,
    long PackagedPosition,
    Plan Plan,
    ImmutableArray<GateRunReport> Runs,
    Rulebook Rules);

/// <summary>Makes the document of a packaged plan.</summary>
public static class ManifestBuilder
{
    /// <summary>The tag that names a revision of the user's own, a commit for example.</summary>
    public const string SnapshotRevTag = "snapshot_rev";

    public static ManifestDocument Build(ManifestInput input)
    {
        var plan = input.Plan;
        var tags = plan.Tags;
        return new ManifestDocument(ManifestDocument.PresentVersion, new ManifestBody(
            input.Id,
            plan.Id,
            input.Workspace,
            input.Number,
            input.PackagedAt,
            tags.GetValueOrDefault(SnapshotRevTag) ?? $"log:{input.PackagedPosition}",
            plan.Author,
            plan.ContentHash,
            plan.Stream,
            tags,
            HashesOf(plan, evidence: false),
            HashesOf(plan, evidence: true),
            input.Rules.Hash,
            [.. input.Runs.Select(RunOf)],
            WaiversOf(input),
            new ManifestSeal(SealAlgorithms.NameOf(input.Rules.Sealing.Algorithm), input.Rules.Sealing.RequiredSigners),
            plan.Window,
            plan.EmergencyContact,
            plan.RollbackPlan,
            input.Supersedes));
    }

    /// <summary>SHA-256 of the canonical JSON of a report as the log holds it.</summary>
    public static ContentHash DigestOf(GateRunReport report) =>
        new(Checksum.Of(CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(report, PlanningJson.Options))));

    private static ImmutableSortedDictionary<string, ContentHash> HashesOf(Plan plan, bool evidence) =>
        plan.Artifacts.Values.Where(a => a.Evidence == evidence).ToImmutableSortedDictionary(a => a.Name, a => a.Hash, StringComparer.Ordinal);

    private static ManifestGateRun RunOf(GateRunReport report) => new(
        report.Gate,
        report.GateRunId,
        report.Outcome,
        report.ContentHash,
        report.RulebookHash,
        [.. report.Results.Select(r => new ManifestValidator(r.Validator, r.Version, r.ParametersHash, r.Passed, r.FindingCount))],
        report.FindingCount,
        DigestOf(report));

    private static ImmutableArray<Waiver> WaiversOf(ManifestInput input) =>
    [
        .. input.Plan.Waivers.Where(w => w.ExpiresAt > input.PackagedAt)
            .Concat(input.Runs.SelectMany(r => r.WaiversApplied))
            .Distinct()
            .OrderBy(w => w.Gate, StringComparer.Ordinal).ThenBy(w => w.Fingerprint, StringComparer.Ordinal).ThenBy(w => w.ExpiresAt),
    ];
}
