namespace Planning.Engine.Gates.Validators;

public sealed partial class DependencyGraphValidator
{
    public ValidatorDescription Description { get; } = new(
        "The dependencies between tasks have no cycle, also not through other plans, and their chains are not longer than allowed.",
        [
            "A dependency is the id of a task, or `plan/task` for a task of another plan of the workspace. Cycles and chains are followed through other plans; withdrawn plans are not followed.",
            "A cycle is shown as the shortest path through a task. Each task on a cycle lies on one that is shown, up to max_cycles_shown = 100 of tasks that all hang together.",
            "Dependencies that lead nowhere are told by `references`.",
        ],
        [
            new(CycleRule, "error", "Dependencies go in a circle."),
            new(BlockedRule, "info", "So many tasks lie on a circle or wait for one that does."),
            new(MaxDepthRule, "error", "The longest chain is too long."),
            new(MaxPlansRule, "error", "Dependencies lead to more than 100 other plans."),
            new(UnreadableRule, "error", "A backlog cannot be read."),
        ]);
}
