using System.Text.Json;
using Planning.Artifacts.Canonical;

namespace Planning.Engine.Handoff.Packs;

/// <summary>What the verification needs of a gate run's report, whatever else a release writes into it.</summary>
/// <param name="Digest">SHA-256 of the report's canonical JSON.</param>
internal sealed record PackGateRun(string RunId, string Gate, string? ReportHash, string Digest)
{
    public static PackGateRun Of(JsonElement report) => new(
        Text(report, "gate_run_id") ?? "",
        Text(report, "gate") ?? "",
        Text(report, "report_hash"),
        Checksum.Of(CanonicalJson.Canonicalize(report)));

    private static string? Text(JsonElement report, string member) =>
        report.ValueKind == JsonValueKind.Object && report.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
