using System.Collections.Immutable;
using Planning.Artifacts.Backlogs;
using Planning.Domain.Plans;
using PlanWindow = Planning.Domain.Plans.PlanWindow;

namespace Planning.Engine.Intake;

/// <summary>What a plan takes over from its backlog: tags, size, window.</summary>
internal static class BacklogFacts
{
    public static ArtifactFacts Of(Backlog backlog) => new(
        backlog.Tags.ToImmutableSortedDictionary(StringComparer.Ordinal),
        new TaskSummary(backlog.Tasks.Count, backlog.Tasks.Sum(t => t.EffortPoints ?? 0), backlog.Tasks.Min(PriorityOf)),
        backlog.Window is { } window ? new PlanWindow(window.Start, window.End) : null);

    private static int? PriorityOf(BacklogTask task) =>
        task.Priority is ['P', >= '0' and <= '9'] ? task.Priority[1] - '0' : null;
}
