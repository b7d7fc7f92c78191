using Planning.Artifacts;
using Planning.Artifacts.Coverage;
using Planning.Artifacts.Kinds;

namespace Planning.Engine.Gates.Validators;

/// <summary>The coverage reports among artifacts, each once.</summary>
/// <param name="Findings">What is wrong with them.</param>
internal sealed record CoverageReading(IReadOnlyList<(GateArtifact File, CoverageReport Report)> Reports, IReadOnlyList<Finding> Findings)
{
    public const string SameReportRule = "coverage.same_report";

    /// <summary>Whether all of them could be read; what some of them say is not the whole.</summary>
    public bool IsWhole => Findings.All(f => f.Severity != Severity.Error);

    /// <summary>The report with the least share of covered lines; findings about all of them stand there.</summary>
    public GateArtifact Least => Reports.MinBy(r => r.Report.LineRate ?? 1).File;

    public static CoverageReading Of(IEnumerable<GateArtifact> artifacts, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        var reports = new List<(GateArtifact File, CoverageReport Report)>();
        foreach (var file in artifacts.Where(a => a.Kind == ArtifactKind.CoverageReport))
        {
            cancellation.ThrowIfCancellationRequested();
            var read = file.Read(CoverageReader.Read);
            findings.AddRange(read.Findings);
            if (read.Value is not { } report)
                continue;
            if (reports.Find(r => r.File.Hash == file.Hash) is { File: { } other })
                findings.Add(Same(file, other));
            else
                reports.Add((file, report));
        }
        return new CoverageReading(reports, findings);
    }

    private static Finding Same(GateArtifact file, GateArtifact other) => Place.Whole(
        file.Name, SameReportRule, Severity.Warning, $"{file.Name} is the same as {other.Name} and counts once.", "Attach each report once, under one name.");
}
