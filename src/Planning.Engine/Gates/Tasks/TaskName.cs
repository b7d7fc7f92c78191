using Planning.Domain;

namespace Planning.Engine.Gates.Tasks;

/// <summary>A task within the workspace. Written <c>task</c> within its own plan, <c>plan/task</c> elsewhere.</summary>
internal readonly record struct TaskName(PlanId Plan, string Task)
{
    public static TaskName Parse(string written, PlanId own) =>
        written.IndexOf('/') is var slash and >= 0 ? new TaskName(new PlanId(written[..slash]), written[(slash + 1)..]) : new TaskName(own, written);

    /// <summary>Whether what is written names a plan; it may still be the plan at hand.</summary>
    public static bool IsElsewhere(string written) => written.Contains('/');

    /// <summary>As it is written in the backlog of a plan.</summary>
    public string In(PlanId own) => Plan == own ? Task : $"{Plan}/{Task}";
}
