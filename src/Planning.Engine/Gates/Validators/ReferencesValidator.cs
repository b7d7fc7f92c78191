using Planning.Artifacts;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates.Tasks;

namespace Planning.Engine.Gates.Validators;

/// <summary>Task ids are unique, and whatever tasks and story maps refer to exists.</summary>
public sealed partial class ReferencesValidator : IValidator
{
    public const string MissingIdRule = "references.missing_id";
    public const string DuplicateTaskRule = "references.duplicate_task";
    public const string UnknownDependencyRule = "references.unknown_dependency";
    public const string UnknownPlanRule = "references.unknown_plan";
    public const string UnknownTaskRule = "references.unknown_task";
    public const string WithdrawnPlanRule = "references.withdrawn_plan";
    public const string MissingArtifactRule = "references.missing_artifact";
    public const string UnreadableRule = "references.unreadable";

    public string Type => "references";
    public string Version => "2";
    public IReadOnlyList<ValidatorParameter> Parameters { get; } = [];

    public string? CacheScope(GateInput input) => input.Plan.Id.Value;

    public async ValueTask<IReadOnlyList<Finding>> ValidateAsync(GateInput input, ValidatorDefinition definition, CancellationToken cancellation)
    {
        var reading = BacklogReading.Of(input.Artifacts, UnreadableRule, "id", "dependencies", "artifacts");
        var findings = new List<Finding>(reading.Findings);
        findings.AddRange(StoryMapLinks.Broken(input));
        if (reading.Tasks is not { } tasks)
            return findings;

        var byId = new Dictionary<string, PlannedTask>(tasks.Count, StringComparer.Ordinal);
        foreach (var task in tasks)
        {
            if (IdFinding(task, byId) is { } finding)
                findings.Add(finding);
        }
        var others = new OtherPlans(input.Workspace);
        var attached = input.Artifacts.Select(a => a.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var task in tasks)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var dependency in task.Task.Dependencies)
            {
                // Most dependencies stay within the plan: these need no name of their own, and nobody to ask.
                if (!TaskName.IsElsewhere(dependency.Name) && byId.ContainsKey(dependency.Name))
                    continue;
                var name = TaskName.Parse(dependency.Name, input.Plan.Id);
                var problem = name.Plan != input.Plan.Id ? await ProblemElsewhereAsync(name, others, cancellation)
                    : byId.ContainsKey(name.Task) ? null
                    : (UnknownDependencyRule, $"There is no task '{name.Task}' in this plan.", "Correct the id, or write plan/task for a task of another plan.");
                if (problem is var (rule, message, advice))
                    findings.Add(task.File.Error(dependency.Node, rule, message, advice));
            }
            foreach (var artifact in task.Task.Artifacts)
            {
                if (!attached.Contains(artifact.Name))
                {
                    findings.Add(task.File.Error(
                        artifact.Node, MissingArtifactRule, $"No artifact '{artifact.Name}' is attached to the plan.", "Attach it under this name, or correct the name."));
                }
            }
        }
        return findings;
    }

    private static Finding? IdFinding(PlannedTask task, Dictionary<string, PlannedTask> byId)
    {
        if (task.Task.Id.Length == 0)
            return task.File.Error(task.Task.Node, MissingIdRule, "The task has no id, so that nothing can depend on it.", "Give it an id of its own.");
        if (byId.TryAdd(task.Task.Id, task))
            return null;
        var (file, first) = byId[task.Task.Id];
        return task.File.Error(
            task.Task.Node["id"]!.Value, DuplicateTaskRule, $"The id '{task.Task.Id}' belongs to the task in {file.Name}, line {first.Node.Line}.",
            "Give each task an id of its own.", $"duplicate {task.Task.Id}");
    }

    private static async ValueTask<(string Rule, string Message, string Advice)?> ProblemElsewhereAsync(
        TaskName name, OtherPlans others, CancellationToken cancellation) => await others.FindAsync(name.Plan, cancellation) switch
        {
            null => (UnknownPlanRule, $"There is no plan '{name.Plan}' in this workspace.", "Correct the part before the slash; it is the id of a plan."),
            { Plan.Status: PlanStatus.Withdrawn } =>
                (WithdrawnPlanRule, $"Plan {name.Plan} was withdrawn; nobody will do its task '{name.Task}'.", "Remove the dependency, or plan the task elsewhere."),
            { Tasks: null } => (UnknownTaskRule, $"The backlog of plan {name.Plan} cannot be read.", "Have that plan mended first."),
            { Tasks: { } tasks } when tasks.ContainsKey(name.Task) => null,
            _ => (UnknownTaskRule, $"Plan {name.Plan} has no task '{name.Task}'.", "Correct the part after the slash; it is the id of a task."),
        };
}
