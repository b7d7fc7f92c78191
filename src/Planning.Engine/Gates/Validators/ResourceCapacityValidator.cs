using Planning.Artifacts;
using Planning.Artifacts.Backlogs;
using Planning.Artifacts.Capacity;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates.Tasks;

namespace Planning.Engine.Gates.Validators;

/// <summary>
/// The team can carry the plan within its window, and so can each person and team that has tasks, over all of it and in each
/// week. A task without an estimate is a finding and not free of charge. What is done already needs no capacity.
/// </summary>
public sealed partial class ResourceCapacityValidator : IValidator
{
    public const string MissingModelRule = "resource_capacity.missing_model";
    public const string NoWindowRule = "resource_capacity.no_window";
    public const string MissingEstimateRule = "resource_capacity.missing_estimate";
    public const string UnknownAssigneeRule = "resource_capacity.unknown_assignee";
    public const string MissingSkillRule = "resource_capacity.missing_skill";
    public const string WindowTooLongRule = "resource_capacity.window_too_long";
    public const string UnreadableRule = "resource_capacity.unreadable";

    private const string Done = "done";

    private static readonly ValidatorParameter CapacityModel = new("capacity_model", ParameterType.Text, "\"team_capacity.yaml\"")
    {
        Meaning = "the artifact that says who can carry how much",
    };

    private static readonly ValidatorParameter MaxUtilization = new("max_utilization_percent", ParameterType.Amount, "100", Min: 1, Max: 1_000)
    {
        Meaning = "share of the capacity that may be planned",
    };

    private static readonly ValidatorParameter Weeks = new("weeks", ParameterType.Text, "\"warning\"", Choices: ["error", "warning", "off"])
    {
        Meaning = "what a week with too much is, where all of the window is not too much",
    };

    public string Type => "resource_capacity";
    public string Version => "2";
    public IReadOnlyList<ValidatorParameter> Parameters { get; } = [CapacityModel, MaxUtilization, Holidays.Parameter, Weeks];

    public string? CacheScope(GateInput input) => $"{input.Plan.GivenWindow?.Start:O} {input.Plan.GivenWindow?.End:O} {input.Rules.Hash}";

    public ValueTask<IReadOnlyList<Finding>> ValidateAsync(GateInput input, ValidatorDefinition definition, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<Finding>>([.. Findings(input, definition), .. Holidays.Unknown(input.Rules, Holidays.Parameter.NamesOf(definition))]);

    private static IEnumerable<Finding> Findings(GateInput input, ValidatorDefinition definition)
    {
        var modelName = CapacityModel.TextOf(definition);
        var reading = BacklogReading.Of(
            input.Artifacts, UnreadableRule, "effort_points", "assignee", "skills", "status", "start", "end", "duration_days", "duration_calendar", "plan");
        var open = reading.Tasks?.Where(t => t.Task.Status != Done).ToArray() ?? [];
        foreach (var finding in reading.Findings.Concat(open.Where(t => t.Task.EffortPoints is null).Select(MissingEstimate)))
            yield return finding;

        if (input.Find(modelName) is not { } model)
        {
            yield return Place.Whole(
                modelName, MissingModelRule, Severity.Error, $"The capacity model '{modelName}' is not attached to the plan.",
                "Attach it, or name another one under 'capacity_model' in gates.yaml.");
            yield break;
        }
        var read = model.Read(TeamCapacityReader.Read);
        if (!model.Parsed.Ok || read.Value is not { } team)
        {
            yield return model.Unreadable(UnreadableRule, [.. model.Parsed.Findings, .. read.Findings]);
            yield break;
        }
        foreach (var finding in read.Findings)
            yield return finding;
        foreach (var finding in People(open, team, modelName))
            yield return finding;
        foreach (var finding in Judge(input, definition, reading, open, team, model))
            yield return finding;
    }

    private static IEnumerable<Finding> Judge(
        GateInput input, ValidatorDefinition definition, BacklogReading reading, IReadOnlyList<PlannedTask> open, TeamCapacity team, GateArtifact model)
    {
        if (WindowOfPlan.Of(input, reading) is not { } window)
        {
            return
            [
                Place.Whole(
                    WindowOfPlan.PlanFields, NoWindowRule, Severity.Error, "The plan says nowhere when it is to be executed, so its capacity is not known.",
                    "Give the plan a window, or the backlog a 'plan' with start and end."),
            ];
        }
        if (window.End.DayNumber - window.Start.DayNumber >= WindowDays.Max)
        {
            return
            [
                window.Finding(
                    "end", WindowTooLongRule, Severity.Error,
                    $"The plan's window, {window.Start:yyyy-MM-dd} to {window.End:yyyy-MM-dd}, has more than max_window_days = {WindowDays.Max} days.", "Plan in shorter steps.", "too long"),
            ];
        }
        var free = input.Rules.Calendars.Where(c => Holidays.Parameter.NamesOf(definition).Contains(c.Name)).SelectMany(c => c.Freezes).ToArray();
        return new Workload(open, team, window, new WindowDays(window, free), new WorkDays(free), MaxUtilization.AmountOf(definition))
            .Overloads(model, reading, Weeks.TextOf(definition));
    }

    private static Finding MissingEstimate(PlannedTask planned) => planned.File.Error(
        planned.Task.Node["effort_points"] ?? planned.Task.Node, MissingEstimateRule,
        $"'{planned.Task.Id}' has no estimate, so nobody knows whether it fits.", "Give it effort_points.");

    private static IEnumerable<Finding> People(IEnumerable<PlannedTask> tasks, TeamCapacity team, string modelName)
    {
        var carriers = team.Members.GroupBy(m => m.Id).ToDictionary(m => m.Key, m => m.First().Skills.Select(s => s.Name).ToHashSet());
        var anybody = carriers.Values.SelectMany(s => s).ToHashSet();
        foreach (var together in team.Teams)
            carriers.TryAdd(together.Id, [.. together.Members.SelectMany(m => carriers.GetValueOrDefault(m.Name) ?? [])]);
        foreach (var (file, task) in tasks)
        {
            var skills = anybody;
            if (task.Assignee is { } assignee && !carriers.TryGetValue(assignee, out skills))
            {
                yield return file.Error(
                    task.Node["assignee"]!.Value, UnknownAssigneeRule, $"'{assignee}' is neither a member nor a team in {modelName}.", "Assign the task to one of them, or add the person there.");
                continue;
            }
            foreach (var skill in task.Skills.Where(s => !skills!.Contains(s.Name)))
            {
                yield return file.At(
                    skill.Node, MissingSkillRule, Severity.Warning,
                    $"{(task.Assignee is null ? "The whole team" : $"'{task.Assignee}'")} lacks the skill '{skill.Name}'.",
                    "Assign the task to somebody who has it.");
            }
        }
    }
}
