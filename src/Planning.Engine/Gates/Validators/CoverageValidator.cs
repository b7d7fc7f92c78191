using Planning.Artifacts;
using Planning.Artifacts.Coverage;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates.Tasks;

namespace Planning.Engine.Gates.Validators;

/// <summary>
/// Enough lines, and branches where that is asked, are covered by tests, and not much fewer than in the stream's last executed
/// plan. Several reports count together, line by line.
/// </summary>
public sealed partial class CoverageValidator : IValidator
{
    public const string NoReportRule = "coverage.no_report";
    public const string NothingMeasuredRule = "coverage.nothing_measured";
    public const string NoCountsRule = "coverage.no_counts";
    public const string BelowMinimumRule = "coverage.below_minimum";
    public const string NoBranchesRule = "coverage.no_branches";
    public const string BranchesBelowMinimumRule = "coverage.branches_below_minimum";

    /// <summary>A drop that cannot be exceeded: nothing is compared, and results are kept between runs.</summary>
    private const decimal AnyDrop = 100;

    private static readonly ValidatorParameter MinimumPercent = new("minimum_percent", ParameterType.Amount, "80", Max: 100)
    {
        Meaning = "covered lines of all lines, at least; compared as counts, never rounded",
    };

    private static readonly ValidatorParameter MinimumByStream = new("minimum_percent_by_stream", ParameterType.AmountsByName, "{}", Max: 100)
    {
        Meaning = "the same for plans of single streams, by the stream's name; `minimum_percent` holds for all others",
    };

    private static readonly ValidatorParameter MinimumBranches = new("minimum_branch_percent", ParameterType.Amount, "0", Max: 100)
    {
        Meaning = "covered branches of all branches, at least; 0 asks for none, so that reports need not count branches",
    };

    private static readonly ValidatorParameter MaxDrop = new("max_drop_percent", ParameterType.Amount, "100", Max: AnyDrop)
    {
        Meaning = "percentage points by which the share of covered lines may be below that of the stream's last executed plan; 100 compares nothing",
    };

    public string Type => "coverage";
    public string Version => "2";
    public IReadOnlyList<ValidatorParameter> Parameters { get; } = [MinimumPercent, MinimumByStream, MinimumBranches, MaxDrop];

    public string? CacheScope(GateInput input) => input.Plan.Stream;

    public async ValueTask<IReadOnlyList<Finding>> ValidateAsync(GateInput input, ValidatorDefinition definition, CancellationToken cancellation)
    {
        var reading = CoverageReading.Of(input.Artifacts, cancellation);
        // A report that cannot be read has its own errors already; what the others say is not the whole.
        if (!reading.IsWhole)
            return reading.Findings;
        if (reading.Reports.Count == 0)
            return [Place.Whole("coverage.xml", NoReportRule, Severity.Error, "No coverage report is attached.", "Attach one in Cobertura, LCOV or JaCoCo form as evidence.")];

        List<Finding> findings = [.. reading.Findings, .. Lines(reading, input.Plan.Stream, definition), .. Branches(reading, MinimumBranches.AmountOf(definition))];
        var maxDrop = MaxDrop.AmountOf(definition);
        if (maxDrop < AnyDrop && CoverageMeasure.Lines.ShareOf(reading) is { } now
            && await CoverageBaseline.CompareAsync(input, reading.Least, now, maxDrop, cancellation) is { } compared)
        {
            findings.Add(compared);
        }
        return findings;
    }

    private static IEnumerable<Finding> Lines(CoverageReading reading, string stream, ValidatorDefinition definition)
    {
        var ofStream = MinimumByStream.AmountsOf(definition).TryGetValue(stream, out var own);
        var minimum = ofStream ? own : MinimumPercent.AmountOf(definition);
        if (CoverageMeasure.Lines.Countless(reading) is { } countless)
        {
            yield return Place.Whole(
                countless.Name, NoCountsRule, Severity.Error, $"{countless.Name} states no number of lines, so it cannot be counted together with others.",
                "Let the tool write its totals, or attach this report alone.");
        }
        else if (CoverageMeasure.Lines.ShareOf(reading) is not { } share)
        {
            yield return Place.Whole(
                reading.Reports[0].File.Name, NothingMeasuredRule, Severity.Error, "The reports measure no line at all.",
                "Check that the tests ran with coverage on, then attach the report again.");
        }
        else if (share.Percent < Fraction.Of(minimum))
        {
            yield return Place.Whole(
                reading.Least.Name, BelowMinimumRule, Severity.Error,
                $"Tests cover {share.Text}; {(ofStream ? $"{MinimumByStream.Name} of '{stream}'" : MinimumPercent.Name)} is {minimum:0.##}.",
                "Test more of the code, then attach the new report.", "below minimum");
        }
    }

    private static IEnumerable<Finding> Branches(CoverageReading reading, decimal minimum)
    {
        if (minimum == 0)
            yield break;
        var countless = CoverageMeasure.Branches.Countless(reading);
        if (countless is not null || CoverageMeasure.Branches.ShareOf(reading) is not { } share)
        {
            var file = (countless ?? reading.Reports[0].File).Name;
            yield return Place.Whole(
                file, NoBranchesRule, Severity.Error, $"{file} counts no branches, and {MinimumBranches.Name} is {minimum:0.##}.",
                "Measure branches as well, then attach the report again.", "no branches");
        }
        else if (share.Percent < Fraction.Of(minimum))
        {
            var least = reading.Reports.MinBy(r => r.Report.BranchRate ?? 1).File;
            yield return Place.Whole(
                least.Name, BranchesBelowMinimumRule, Severity.Error, $"Tests cover {share.Text}; {MinimumBranches.Name} is {minimum:0.##}.",
                "Test more of the decisions in the code, then attach the new report.", "branches below minimum");
        }
    }
}
