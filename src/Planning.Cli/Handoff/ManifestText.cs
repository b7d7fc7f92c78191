using System.Text;
using Planning.Domain;
using Planning.Engine.Handoff;

namespace Planning.Cli.Handoff;

/// <summary>A manifest for the eyes of whoever signs it.</summary>
internal static class ManifestText
{
    public static string Of(ManifestBody manifest, ContentHash digest)
    {
        var text = new StringBuilder()
            .Append($"manifest   {manifest.Id}, number {manifest.Number} of plan {manifest.PlanId} ({manifest.Workspace}/{manifest.Stream})\n")
            .Append($"made       {manifest.CreatedAt:yyyy-MM-dd HH:mm:ss} UTC from {manifest.SnapshotRev}{(manifest.Supersedes is { } old ? $", supersedes {old}" : "")}\n")
            .Append($"digest     {digest}\n")
            .Append($"rulebook   {manifest.RulebookHash}\n");
        foreach (var (name, value) in manifest.Tags)
            text.Append($"tag        {name} = {value}\n");
        foreach (var (name, hash) in manifest.Checksums)
            text.Append($"artifact   {name}  {hash}\n");
        foreach (var (name, hash) in manifest.Evidence)
            text.Append($"evidence   {name}  {hash}\n");
        foreach (var run in manifest.GateRuns)
            text.Append($"gate       {run.Gate} {Snake.Case(run.Outcome.ToString())}, {Count(run.FindingCount, "finding")} ({run.RunId})\n");
        foreach (var waiver in manifest.Waivers)
            text.Append($"waiver     {waiver.Gate} {waiver.Fingerprint} until {waiver.ExpiresAt:yyyy-MM-dd} by {waiver.By}: {waiver.Reason}\n");
        return text.Append($"seal       {manifest.Seal.Algorithm} by {string.Join(" and ", manifest.Seal.RequiredSigners.Select(r => Snake.Case(r.ToString())))}\n").ToString();
    }

    public static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
