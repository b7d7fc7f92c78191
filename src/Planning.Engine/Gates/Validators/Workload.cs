using Planning.Artifacts;
using Planning.Artifacts.Capacity;
using Planning.Engine.Gates.Tasks;

namespace Planning.Engine.Gates.Validators;

/// <summary>Effort against capacity over the plan's window: of each person with tasks, and of all.</summary>
internal sealed class Workload(IReadOnlyList<PlannedTask> tasks, TeamCapacity team, WindowOfPlan window, decimal maxPercent)
{
    public const string OverloadedMemberRule = "resource_capacity.overloaded_member";
    public const string OverloadedTeamRule = "resource_capacity.overloaded_team";

    private const decimal WorkingDaysPerWeek = 5;

    private readonly int workingDays = WindowOfPlan.WorkingDays(window.Start, window.End).Count();
    private readonly ILookup<string?, decimal> effort = tasks.ToLookup(t => t.Task.Assignee, t => t.Task.EffortPoints ?? 0);

    public IEnumerable<Finding> Overloads(GateArtifact model, BacklogReading reading)
    {
        foreach (var member in team.Members)
        {
            var load = effort[member.Id].Sum();
            var capacity = CapacityOf(member);
            if (!Fits(load, capacity))
            {
                yield return model.Error(
                    member.Node["id"] ?? member.Node, OverloadedMemberRule,
                    $"{member.Name} has tasks of {load:0.##} points, but can carry {Allowed(capacity):0.##} from {window.Start:yyyy-MM-dd} to {window.End:yyyy-MM-dd}.",
                    "Assign some of the tasks to others, or move the window's end.", $"overloaded {member.Id}");
            }
        }
        var all = tasks.Sum(t => t.Task.EffortPoints ?? 0);
        var total = team.Members.Sum(CapacityOf);
        if (reading.Backlogs.Count > 0 && !Fits(all, total))
        {
            var (file, _) = reading.Backlogs[0];
            yield return file.Error(
                file.Parsed.Root!["tasks"]!, OverloadedTeamRule,
                $"The tasks have {all:0.##} points, but the team can carry {Allowed(total):0.##} from {window.Start:yyyy-MM-dd} to {window.End:yyyy-MM-dd}.",
                "Plan fewer tasks, or more time or people.", "overloaded team");
        }
    }

    /// <summary>Points in the window. Days of absence take their share, once, also where absences overlap.</summary>
    private decimal CapacityOf(TeamMember member)
    {
        var absent = member.Absences
            .SelectMany(a => WindowOfPlan.WorkingDays(a.From > window.Start ? a.From : window.Start, a.To < window.End ? a.To : window.End))
            .Distinct().Count();
        decimal present = workingDays - absent;
        return member.PointsPerWeek is { } perWeek ? perWeek * present / WorkingDaysPerWeek
            : workingDays == 0 ? 0
            : (member.PointsPerCycle ?? 0) * present / workingDays;
    }

    private bool Fits(decimal load, decimal capacity) => load * 100 <= capacity * maxPercent;

    private decimal Allowed(decimal capacity) => capacity * maxPercent / 100;
}
