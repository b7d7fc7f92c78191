using Planning.Artifacts;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates.Tasks;

namespace Planning.Engine.Gates.Validators;

/// <summary>
/// Tasks start after what they depend on, the plan's window is near enough and outside of change freezes, and the
/// environments that it has booked are there, with what it needs in them.
/// </summary>
public sealed class TimelineValidator : IValidator
{
    public const string OrderRule = "timeline.starts_too_early";
    public const string OutsideWindowRule = "timeline.outside_window";
    public const string UnreadableRule = "timeline.unreadable";

    private static readonly ValidatorParameter HorizonDays = new("horizon_days", ParameterType.Whole, "90", Min: 1, Max: 36_500);
    private static readonly ValidatorParameter Calendars = new("calendars", ParameterType.Names, """["*"]""");
    private static readonly ValidatorParameter Freezes = new("freezes", ParameterType.Text, "\"error\"", Choices: ["error", "warning", "off"]);

    public string Type => "timeline";
    public string Version => "2";
    public IReadOnlyList<ValidatorParameter> Parameters { get; } = [HorizonDays, Calendars, Freezes];

    public string? CacheScope(GateInput input) =>
        $"{input.Plan.Id} {input.Plan.GivenWindow?.Start:O} {input.Plan.GivenWindow?.End:O} {input.Today:O} {input.Rules.Hash} "
        + string.Join(' ', input.Bookings.Select(b => $"{b.Entry.Id}@{b.TreeVersion}"));

    public async ValueTask<IReadOnlyList<Finding>> ValidateAsync(GateInput input, ValidatorDefinition definition, CancellationToken cancellation)
    {
        var reading = BacklogReading.Of(input.Artifacts, UnreadableRule, "id", "dependencies", "start", "end", "plan");
        var findings = new List<Finding>(reading.Findings);
        var window = WindowOfPlan.Of(input, reading);
        findings.AddRange(WindowChecks.Horizon(window, input, HorizonDays.WholeOf(definition)));
        findings.AddRange(WindowChecks.Freezes(window, input.Rules, Calendars.NamesOf(definition), Freezes.TextOf(definition)));
        findings.AddRange(EnvironmentChecks.Of(window, input.Bookings, input.Rules.Calendars));
        if (reading.Tasks is not { } tasks)
            return findings;
        findings.AddRange(tasks.SelectMany(task => OutsideWindow(task, window)));
        var graph = await TaskGraph.BuildAsync(input.Plan.Id, tasks, input.Workspace, cancellation);
        findings.AddRange(TooEarly(graph, new Finishes(graph, Components.Of(graph))));
        return findings;
    }

    private static IEnumerable<Finding> TooEarly(TaskGraph graph, Finishes finishes)
    {
        foreach (var node in graph.OwnNodes)
        {
            var (file, task) = graph.Task(node);
            if (task.Start is not { } start)
                continue;
            foreach (var dependency in task.Dependencies)
            {
                if (graph.Find(dependency.Name) is not { } other || finishes.Before(other) is not { } last || start > last.Day)
                    continue;
                var through = last.Node == other ? "" : $" '{dependency.Name}' has no dates of its own, but waits for it.";
                yield return file.Error(
                    task.Node["start"]!, OrderRule,
                    $"'{task.Id}' starts on {start:yyyy-MM-dd}, but '{graph.Name(last.Node)}', which it depends on, takes until {last.Day:yyyy-MM-dd}.{through}",
                    $"Start it after {last.Day:yyyy-MM-dd}, or end the other one earlier.", $"before {dependency.Name}");
            }
        }
    }

    private static IEnumerable<Finding> OutsideWindow(PlannedTask planned, WindowOfPlan? window)
    {
        var (file, task) = planned;
        if (window is null)
            yield break;
        if (task.Start < window.Start)
            yield return Outside("start", task.Start.Value, "before the plan does");
        if ((task.End ?? task.Start) > window.End)
            yield return Outside(task.End is null ? "start" : "end", (task.End ?? task.Start)!.Value, "after the plan has ended");

        Finding Outside(string field, DateOnly day, string how) => file.At(
            task.Node[field]!, OutsideWindowRule, Severity.Warning,
            $"'{task.Id}' {field}s on {day:yyyy-MM-dd}, {how} ({window.Start:yyyy-MM-dd} to {window.End:yyyy-MM-dd}).",
            "Move the task into the plan's window, or widen the window.", field);
    }
}
