using Planning.Artifacts;
using Planning.Artifacts.Documents;
using Planning.Domain.Plans;

namespace Planning.Engine.Gates.Tasks;

/// <summary>The plan's window with the place where it is written: a field of the plan, or <c>plan</c> in a backlog.</summary>
/// <param name="File">Null for a field of the plan.</param>
internal sealed record WindowOfPlan(DateOnly Start, DateOnly End, GateArtifact? File, DocumentNode? Node)
{
    /// <summary>What stands for the file in findings on fields of the plan.</summary>
    public const string PlanFields = "plan";

    /// <summary>What is given with the plan wins over what a backlog says; null when neither says anything.</summary>
    public static WindowOfPlan? Of(GateInput input, BacklogReading reading)
    {
        if (input.Plan.GivenWindow is { } given)
            return new WindowOfPlan(given.Start, given.End, null, null);
        return reading.Backlogs.Where(b => b.Backlog.Window is not null)
            .Select(b => new WindowOfPlan(b.Backlog.Window!.Start, b.Backlog.Window.End, b.File, b.Backlog.Window.Node))
            .FirstOrDefault();
    }

    public Finding Finding(string field, string rule, Severity severity, string message, string advice, string key)
    {
        var node = field.Length == 0 ? Node : Node?[field] ?? Node;
        return new Finding(
            File?.Name ?? PlanFields, node?.Line ?? 1, node?.Column ?? 1, node?.Pointer ?? (field.Length == 0 ? "/window" : "/window/" + field),
            rule, severity, message, advice)
        { MessageKey = key };
    }

    public PlanWindow Days => new(Start, End);
}
