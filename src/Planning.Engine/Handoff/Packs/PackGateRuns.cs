namespace Planning.Engine.Handoff.Packs;

/// <summary>Whether the reports of the manifest's gate runs are those that were signed.</summary>
internal static class PackGateRuns
{
    public static IEnumerable<PackFault> Faults(PackContents contents)
    {
        foreach (var run in contents.Pack.Manifest.Manifest.GateRuns)
        {
            var report = contents.Pack.GateRuns.FirstOrDefault(r => r.GateRunId == run.RunId);
            var found = report is null ? "nothing" : ManifestBuilder.DigestOf(report).Value;
            if (found != run.ReportDigest.Value)
                yield return new PackFault("gate_report_mismatch", "The report of a gate run is not the one that was signed.", $"{run.Gate}, run {run.RunId}", run.ReportDigest.Value, found);
        }
        foreach (var report in contents.Pack.GateRuns)
        {
            if (report.ReportHash is { } hash && !contents.Pack.Blobs.ContainsKey(hash.Value))
                yield return new PackFault("gate_report_missing", "The pack lacks the full findings of a gate run.", $"{report.Gate}, run {report.GateRunId}", hash.Value, "nothing");
        }
    }
}
