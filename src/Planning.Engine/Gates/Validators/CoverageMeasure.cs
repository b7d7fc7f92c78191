using Planning.Artifacts.Coverage;
using Planning.Engine.Gates.Tasks;

namespace Planning.Engine.Gates.Validators;

/// <summary>How much is covered, exactly: 79.9999 % is below 80 %.</summary>
/// <param name="Percent">0 to 100.</param>
/// <param name="Text">Such as <c>366 of 422 lines (86.72 %)</c>.</param>
internal sealed record CoverageShare(Fraction Percent, string Text);

/// <summary>What is covered: lines, or branches.</summary>
internal sealed record CoverageMeasure(string What, Func<CoverageReport, CoverageCount?> Count, Func<CoverageReport, double?> Rate)
{
    public static CoverageMeasure Lines { get; } = new("lines", r => r.Lines, r => r.DeclaredLineRate);

    public static CoverageMeasure Branches { get; } = new("branches", r => r.Branches, r => r.DeclaredBranchRate);

    /// <summary>The first report that states no number; null when each does, or when there is one alone that states a rate.</summary>
    public GateArtifact? Countless(CoverageReading reading) =>
        IsRateAlone(reading) ? null : reading.Reports.FirstOrDefault(r => Count(r.Report) is null).File;

    /// <summary>All reports together; null when one of them states no number, or when there is nothing to cover.</summary>
    public CoverageShare? ShareOf(CoverageReading reading)
    {
        if (IsRateAlone(reading))
        {
            var rate = (decimal)Rate(reading.Reports[0].Report)!.Value * 100;
            return new CoverageShare(Fraction.Of(rate), $"{rate:0.##} % of the {What}");
        }
        if (reading.Reports.Any(r => Count(r.Report) is null))
            return null;
        var sum = reading.Reports.Select(r => Count(r.Report)!.Value).Aggregate(default(CoverageCount), (all, count) => all.Plus(count.Valid, count.Covered));
        if (sum.Valid == 0)
            return null;
        var percent = Fraction.Of(sum.Covered, sum.Valid) * 100;
        return new CoverageShare(percent, $"{sum.Covered} of {sum.Valid} {What} ({percent.Down:0.##} %)");
    }

    private bool IsRateAlone(CoverageReading reading) => reading.Reports is [var only] && Count(only.Report) is null && Rate(only.Report) is not null;
}
