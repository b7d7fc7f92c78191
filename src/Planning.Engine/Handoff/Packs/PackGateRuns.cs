namespace Planning.Engine.Handoff.Packs;

/// <summary>Whether the reports of the manifest's gate runs are those that were signed.</summary>
internal static class PackGateRuns
{
    public static IEnumerable<PackFault> Faults(PackContents contents)
    {
        var reports = contents.Pack.GateRuns.Select(PackGateRun.Of).ToArray();
        foreach (var run in contents.Pack.Manifest.Manifest.GateRuns)
        {
            var found = reports.FirstOrDefault(r => r.RunId == run.RunId.Value)?.Digest ?? "nothing";
            if (found != run.ReportDigest.Value)
                yield return new PackFault("gate_report_mismatch", "The report of a gate run is not the one that was signed.", $"{run.Gate}, run {run.RunId}", run.ReportDigest.Value, found);
        }
        foreach (var report in reports)
        {
            if (report.ReportHash is { } hash && PackFiles.Fault(contents, $"{report.Gate}, run {report.RunId}", new(hash)) is { } fault)
                yield return fault;
        }
    }
}
