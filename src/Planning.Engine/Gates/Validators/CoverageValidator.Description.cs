using Planning.Artifacts.Coverage;

namespace Planning.Engine.Gates.Validators;

public sealed partial class CoverageValidator
{
    public ValidatorDescription Description { get; } = new(
        "Tests cover enough of the code, and not much less than in the stream's last executed plan, as coverage reports say.",
        [
            "Reports are artifacts named `*coverage*.xml`, `*cobertura*.xml`, `*jacoco*.xml` or `*.info`, in Cobertura, JaCoCo or LCOV form; the content decides which. A DTD that a report names is never fetched.",
            "Totals are those that a report states. Its own lines check them, and stand in for them in LCOV files without LF and LH. A report with an error gives no number at all.",
            "Several reports add up line by line, each once. One that states a rate without counts counts only alone.",
            "What must be covered but cannot be known, because no report counts it, fails; it is not zero and it is not enough.",
            "The baseline is the plan of the same stream that was executed last, with the reports attached to it now. The drop compares lines.",
        ],
        [
            new(NoReportRule, "error", "No coverage report is attached."),
            new(BelowMinimumRule, "error", "Too few lines are covered."),
            new(BranchesBelowMinimumRule, "error", "Too few branches are covered."),
            new(NothingMeasuredRule, "error", "The reports have no line at all."),
            new(NoCountsRule, "error", "One of several reports states no counts."),
            new(NoBranchesRule, "error", "Branches have a minimum, and a report counts none."),
            new(CoverageBaseline.DroppedRule, "error", "Far fewer lines are covered than before."),
            new(CoverageBaseline.NoBaselineRule, "info", "There is nothing to compare with."),
            new(CoverageBaseline.UnreadableBaselineRule, "error", "The coverage of the last executed plan cannot be read."),
            new(CoverageReading.SameReportRule, "warning", "A report is attached under two names; it counts once."),
            new(CoverageReader.FormatRule, "error", "The file is no coverage report."),
            new(CoverageReader.SyntaxRule, "error", "The file breaks the grammar of its form."),
            new(CoverageReader.NumberRule, "error", "A count or rate is no number, negative, or covers more than there is."),
            new(CoverageReader.DisagreeRule, "warning", "The stated totals differ from the lines or rates of the report."),
            new(CoverageReader.NoTotalsRule, "warning; an error in JaCoCo reports", "The report states no totals; a rate or its lines stand in."),
            new(CoverageReader.NoLinesRule, "warning", "The report covers no line at all."),
            new(CoverageReader.DuplicateFileRule, "warning; an error where it states totals alone", "An LCOV file has the records of one source file more than once."),
            new(CoverageReader.UnknownRecordRule, "warning", "A line of an LCOV file is no record."),
        ]);
}
