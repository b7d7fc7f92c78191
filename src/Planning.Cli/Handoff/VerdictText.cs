using System.Text;
using Planning.Domain;
using Planning.Engine.Handoff.Packs;

namespace Planning.Cli.Handoff;

/// <summary>A verdict for people: the answer first, then what it rests on.</summary>
internal static class VerdictText
{
    public static string Of(string path, PackVerdict verdict) => verdict switch
    {
        PackVerdict.Verified v => $"VERIFIED  {path}\n{Summary(v.Summary)}",
        PackVerdict.IntactButUntrusted v =>
            $"INTACT, BUT UNTRUSTED  {path}\n{Summary(v.Summary)}Anybody can make such a pack with keys of their own. "
            + "Get the signers' public keys or fingerprints by another way and name them with --trust.\n",
        PackVerdict.Rejected r =>
            $"REJECTED  {path}\n  what      {r.Fault.What} [{r.Fault.Code}]\n  where     {r.Fault.Where}\n  expected  {r.Fault.Expected}\n  found     {r.Fault.Found}\n",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Summary(PackSummary summary)
    {
        var (manifest, carried) = (summary.Manifest.Manifest, summary.Carried);
        var text = new StringBuilder()
            .Append($"  manifest  {manifest.Id}, number {manifest.Number} of plan {manifest.PlanId} ({manifest.Workspace}/{manifest.Stream})\n")
            .Append($"  digest    {summary.ManifestDigest}\n");
        foreach (var s in summary.Signatures)
            text.Append($"  signed    {s.At:yyyy-MM-dd HH:mm:ss} UTC by {s.Signer} as {Snake.Case(s.Role.ToString())}, key {s.KeyFingerprint}\n");
        return text
            .Append($"  proven by the signatures: the manifest, {ManifestText.Count(manifest.Checksums.Count, "artifact")}, ")
            .Append($"{ManifestText.Count(manifest.Evidence.Count, "evidence file")}, the rulebook {manifest.RulebookHash}, ")
            .Append($"{ManifestText.Count(manifest.GateRuns.Length, "gate run")}, {ManifestText.Count(manifest.Waivers.Length, "waiver")}\n")
            .Append($"  only carried along: {ManifestText.Count(carried.Events, "event")} ({carried.EventsAfterSeal} after the seal), ")
            .Append($"{ManifestText.Count(carried.GateRuns.Length, "later gate run")}, {ManifestText.Count(carried.Keys, "key registration")}, ")
            .Append("the persons and times of the signatures\n")
            .ToString();
    }
}
