using Planning.Artifacts.Parity;

namespace Planning.Engine.Gates.Validators;

public sealed partial class ParityValidator
{
    public ValidatorDescription Description { get; } = new(
        "What the stream's last executed plan could do, this one still can; and what its tasks carry is what its reports show.",
        [
            "The capabilities of a plan are those of its parity reports (`parity*.json` or `parity*.yaml`); of a plan without one, the `capabilities` of the tasks in its backlog.",
            "The baseline is the plan of the same stream that was executed last, with the artifacts attached to it now.",
            "Orphans are looked for where there is a parity report. What a report shows is new when the baseline lacks it; without a baseline, nothing is new for certain. A plan whose tasks name no capability does not say what it brings, and nothing is missing in it.",
        ],
        [
            new(MissingCapabilityRule, "error", "A capability is gone."),
            new(CapabilityOrphans.NotShownRule, "as `orphans`", "A task carries a capability that no parity report shows."),
            new(CapabilityOrphans.NotPlannedRule, "as `orphans`", "A parity report shows a new capability that no task carries."),
            new(WrongStreamRule, "error", "The report is about another stream."),
            new(NoBaselineRule, "info", "There is nothing to compare with."),
            new(UnreadableRule, "error", "A parity report or backlog cannot be read."),
            new(UnreadableBaselineRule, "error", "The capabilities of the last executed plan cannot be read."),
            new(ParityReportReader.DuplicateRule, "warning", "A parity report lists a capability twice."),
        ]);
}
