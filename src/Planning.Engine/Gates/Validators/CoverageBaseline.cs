using Planning.Artifacts;
using Planning.Artifacts.Kinds;
using Planning.Domain.Plans;
using Planning.Engine.Gates.Tasks;

namespace Planning.Engine.Gates.Validators;

/// <summary>Covered lines against those of the plan of the stream that was executed last.</summary>
internal static class CoverageBaseline
{
    public const string DroppedRule = "coverage.dropped";
    public const string NoBaselineRule = "coverage.no_baseline";
    public const string UnreadableBaselineRule = "coverage.unreadable_baseline";

    /// <param name="file">Where findings stand.</param>
    /// <param name="now">What the plan at hand covers.</param>
    /// <param name="maxDrop">In percentage points.</param>
    /// <returns>Null when it is not less, or not too much less.</returns>
    public static async ValueTask<Finding?> CompareAsync(GateInput input, GateArtifact file, CoverageShare now, decimal maxDrop, CancellationToken cancellation)
    {
        if (await input.Workspace.LastExecutedAsync(input.Plan.Stream, input.Plan.Id, cancellation) is not { } last)
            return NoBaseline(file, $"No plan of the stream '{input.Plan.Stream}' was executed before; there is nothing to compare with.");
        var reading = CoverageReading.Of(await input.Workspace.ArtifactsAsync(last, ArtifactKind.CoverageReport, cancellation), cancellation);
        if (reading.Findings.FirstOrDefault(f => f.Severity == Severity.Error) is { } wrong)
            return Unreadable(file, last, wrong);
        if (CoverageMeasure.Lines.ShareOf(reading) is not { } before)
            return NoBaseline(file, $"Plan {last.Id}, which was executed last, does not say how many lines its tests covered; there is nothing to compare with.");
        var drop = before.Percent - now.Percent;
        if (drop.CompareTo(Fraction.Of(maxDrop)) <= 0)
            return null;
        return Place.Whole(
            file.Name, DroppedRule, Severity.Error,
            $"Tests cover {now.Text}; those of plan {last.Id}, which was executed last, covered {before.Text}. That is {drop.Up:0.##} percentage points less; max_drop_percent is {maxDrop:0.##}.",
            "Test what was added, or have a lead waive this finding.", "dropped");
    }

    private static Finding NoBaseline(GateArtifact file, string message) =>
        Place.Whole(file.Name, NoBaselineRule, Severity.Info, message, "Nothing needs to be done.", "no baseline");

    private static Finding Unreadable(GateArtifact file, Plan last, Finding wrong) => Place.Whole(
        file.Name, UnreadableBaselineRule, Severity.Error, $"The coverage of plan {last.Id}, which was executed last, cannot be read ({wrong}).",
        "Have a lead look into that plan; waive this finding once the coverage was compared by hand.", $"baseline {last.Id}");
}
