using Planning.Artifacts;
using Planning.Artifacts.Documents;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates.Tasks;

namespace Planning.Engine.Gates.Validators;

/// <summary>Dependencies have no cycle, also not through other plans, and are not deeper than allowed.</summary>
public sealed partial class DependencyGraphValidator : IValidator
{
    public const string CycleRule = "dependency_graph.cycle";
    public const string BlockedRule = "dependency_graph.blocked";
    public const string MaxDepthRule = "dependency_graph.max_depth";
    public const string MaxPlansRule = "dependency_graph.max_plans";
    public const string UnreadableRule = "dependency_graph.unreadable";

    private static readonly ValidatorParameter MaxDepth = new("max_depth", ParameterType.Whole, "5", Min: 1)
    {
        Meaning = "tasks in the longest chain of dependencies, at most; the tasks of a cycle count as one",
    };

    public string Type => "dependency_graph";
    public string Version => "2";
    public IReadOnlyList<ValidatorParameter> Parameters { get; } = [MaxDepth];

    public string? CacheScope(GateInput input) => input.Plan.Id.Value;

    public async ValueTask<IReadOnlyList<Finding>> ValidateAsync(GateInput input, ValidatorDefinition definition, CancellationToken cancellation)
    {
        var reading = BacklogReading.Of(input.Artifacts, UnreadableRule, "id", "dependencies");
        if (reading.Tasks is null)
            return reading.Findings;
        var graph = await TaskGraph.BuildAsync(input.Plan.Id, reading.Tasks, input.Workspace, cancellation);
        var components = Components.Of(graph);
        return
        [
            .. reading.Findings,
            .. CycleFindings(graph, components, cancellation),
            .. BlockedFinding(graph, components),
            .. DepthFinding(graph, components, MaxDepth.WholeOf(definition)),
            .. graph.IsCut ? [TooManyPlans(reading.Backlogs[0].File)] : (Finding[])[],
        ];
    }

    private static IEnumerable<Finding> CycleFindings(TaskGraph graph, Components components, CancellationToken cancellation)
    {
        for (var c = 0; c < components.All.Count; c++)
        {
            cancellation.ThrowIfCancellationRequested();
            var size = components.All[c].Length;
            foreach (var cycle in Cycles.In(graph, components, c, out var uncovered))
            {
                var path = TaskPath.Of([.. cycle.Append(cycle[0]).Select(graph.Name)]);
                yield return graph.Task(cycle[0]).File.Error(
                    Edge(graph, cycle[0], cycle.Length > 1 ? cycle[1] : cycle[0]), CycleRule,
                    $"The dependencies go in a circle: {path}.{(size > cycle.Length ? $" It is part of a knot of {size} tasks.{Beyond(uncovered)}" : "")}",
                    "Remove one dependency of the circle, or split a task.", path);
            }
        }
    }

    private static string Beyond(int uncovered) =>
        uncovered == 0 ? "" : $" {uncovered} more of them lie on circles beyond max_cycles_shown = {Cycles.MaxShown}.";

    /// <summary>A circle is small, what it holds up may be the whole plan.</summary>
    private static IEnumerable<Finding> BlockedFinding(TaskGraph graph, Components components)
    {
        var blocked = Cycles.CountBlocked(graph, components);
        if (blocked == 0)
            yield break;
        yield return graph.Task(0).File.At(
            graph.Task(0).File.Parsed.Root!.Value["tasks"]!.Value, BlockedRule, Severity.Info,
            $"{(blocked == 1 ? "1 task lies on a circle or waits" : $"{blocked} tasks lie on a circle or wait")} for one that does; no order of work leads to them.",
            "Break the circles.", "blocked");
    }

    private static IEnumerable<Finding> DepthFinding(TaskGraph graph, Components components, int maxDepth)
    {
        if (graph.OwnCount == 0)
            yield break;
        var chains = new Chains(graph, components);
        var deepest = graph.OwnNodes.MaxBy(chains.DepthOf);
        if (chains.DepthOf(deepest) <= maxDepth)
            yield break;
        var beyond = graph.OwnNodes.Count(node => chains.DepthOf(node) > maxDepth);
        var task = graph.Task(deepest);
        yield return task.File.Error(
            task.Task.Node["id"]!.Value, MaxDepthRule,
            $"The longest chain of dependencies has {chains.DepthOf(deepest)} tasks, max_depth is {maxDepth}: {Chain(graph, components, chains.From(deepest))}. "
                + $"Deeper than that {(beyond == 1 ? "lies 1 task" : $"lie {beyond} tasks")}.",
            "Remove dependencies that are not needed, or plan in smaller steps.", "longest chain");
    }

    private static Finding TooManyPlans(GateArtifact file) => Place.Whole(
        file.Name, MaxPlansRule, Severity.Error,
        $"The dependencies lead to more than max_plans = {TaskGraph.MaxOtherPlans} other plans; those beyond were not followed.",
        "Depend on fewer plans.", "max_plans");

    /// <summary>The dependency that leads from one task to the next.</summary>
    private static DocumentNode Edge(TaskGraph graph, int from, int to) =>
        graph.Task(from).Task.Dependencies.First(d => graph.Find(d.Name) == to).Node;

    private static string Chain(TaskGraph graph, Components components, IEnumerable<int> nodes) =>
        TaskPath.Of([.. nodes.Select(node => components.IsShared(node) ? $"{graph.Name(node)} (on a circle)" : graph.Name(node))]);
}
