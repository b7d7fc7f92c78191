using Planning.Artifacts;
using Planning.Artifacts.Coverage;
using Planning.Artifacts.Kinds;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Gates.Validators;

/// <summary>Enough lines are covered by tests, as coverage reports say. Several reports count together, line by line.</summary>
public sealed class CoverageValidator : IValidator
{
    public const string NoReportRule = "coverage.no_report";
    public const string NothingMeasuredRule = "coverage.nothing_measured";
    public const string NoCountsRule = "coverage.no_counts";
    public const string BelowMinimumRule = "coverage.below_minimum";

    private static readonly ValidatorParameter MinimumPercent = new("minimum_percent", ParameterType.Amount, "80", Max: 100);

    public string Type => "coverage";
    public string Version => "1";
    public IReadOnlyList<ValidatorParameter> Parameters { get; } = [MinimumPercent];

    public string? CacheScope(GateInput input) => "";

    public ValueTask<IReadOnlyList<Finding>> ValidateAsync(GateInput input, ValidatorDefinition definition, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        var reports = new List<(GateArtifact File, CoverageReport Report)>();
        foreach (var file in input.OfKind(ArtifactKind.CoverageReport))
        {
            cancellation.ThrowIfCancellationRequested();
            var read = file.Read(CoverageReader.Read);
            findings.AddRange(read.Findings);
            if (read.Value is { } report)
                reports.Add((file, report));
        }
        // A report that cannot be read has its own errors already; what the others say is not the whole.
        if (!findings.Exists(f => f.Severity == Severity.Error))
            findings.AddRange(Judge(reports, MinimumPercent.AmountOf(definition)));
        return ValueTask.FromResult<IReadOnlyList<Finding>>(findings);
    }

    private static IEnumerable<Finding> Judge(List<(GateArtifact File, CoverageReport Report)> reports, decimal minimum)
    {
        if (reports.Count == 0)
            return [Place.Whole("coverage.xml", NoReportRule, Severity.Error, "No coverage report is attached.", "Attach one in Cobertura, LCOV or JaCoCo form as evidence.")];
        if (reports is [{ Report: { Lines: null, DeclaredLineRate: { } rate } } only])
            return (decimal)rate * 100 >= minimum ? [] : [Below(only.File, $"{(decimal)rate * 100:0.##} % of the lines", minimum)];
        if (reports.Find(r => r.Report.Lines is null) is { File: { } countless })
        {
            return [Place.Whole(
                countless.Name, NoCountsRule, Severity.Error, $"{countless.Name} states no number of lines, so it cannot be counted together with others.",
                "Let the tool write its totals, or attach this report alone.")];
        }
        var lines = reports.Aggregate(default(CoverageCount), (sum, r) => sum.Plus(r.Report.Lines!.Value.Valid, r.Report.Lines.Value.Covered));
        if (lines.Valid == 0)
            return [Place.Whole(reports[0].File.Name, NothingMeasuredRule, Severity.Error, "The reports measure no line at all.", "Check that the tests ran with coverage on, then attach the report again.")];
        // Counts are compared, not rounded rates: 79.9999 % is below 80 %.
        if (lines.Covered * 100m >= minimum * lines.Valid)
            return [];
        var least = reports.MinBy(r => r.Report.LineRate ?? 1).File;
        return [Below(least, $"{lines.Covered} of {lines.Valid} lines ({Math.Floor(lines.Covered * 10_000m / lines.Valid) / 100:0.##} %)", minimum)];
    }

    private static Finding Below(GateArtifact file, string covered, decimal minimum) => Place.Whole(
        file.Name, BelowMinimumRule, Severity.Error, $"Tests cover {covered}; minimum_percent is {minimum:0.##}.",
        "Test more of the code, then attach the new report.", "below minimum");
}
