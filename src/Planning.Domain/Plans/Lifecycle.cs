using System.Collections.Frozen;
using static Planning.Domain.Plans.PlanStatus;

namespace Planning.Domain.Plans;

public enum PlanStatus
{
    Planned = 1,
    ReadyForHandoff,
    Packaged,
    Executed,
    Validated,
    Improve,
    Completed,
    Withdrawn,
}

public enum Trigger
{
    CreatePlan = 1,
    UpdatePlan,
    ValidateComplete,
    ValidationFailed,
    PackageArtifacts,
    BeginExecution,
    ExecutionFailed,
    ValidateResults,
    AnalyzeMetrics,
    CycleComplete,
    Withdraw,
}

/// <summary>One arrow of the lifecycle.</summary>
/// <param name="Gated">Whether a gate run decides over it.</param>
public sealed record Arrow(PlanStatus From, Trigger Trigger, PlanStatus To, Permission Needs, bool Gated = false);

/// <summary>The six states and every arrow between them; a pair that is not here is refused.</summary>
public static class Lifecycle
{
    public static IReadOnlyList<Arrow> Arrows { get; } =
    [
        new(Planned, Trigger.UpdatePlan, Planned, Permission.EditPlan),
        new(Planned, Trigger.ValidateComplete, ReadyForHandoff, Permission.RequestPlanning, Gated: true),
        new(ReadyForHandoff, Trigger.ValidationFailed, Planned, Permission.RequestPlanning),
        new(ReadyForHandoff, Trigger.PackageArtifacts, Packaged, Permission.RequestPlanning, Gated: true),
        new(Packaged, Trigger.BeginExecution, Executed, Permission.RequestExecution, Gated: true),
        new(Executed, Trigger.ExecutionFailed, Packaged, Permission.ReportExecution),
        new(Executed, Trigger.ValidateResults, Validated, Permission.ValidateResults),
        new(Validated, Trigger.ValidationFailed, Executed, Permission.ValidateResults),
        new(Validated, Trigger.AnalyzeMetrics, Improve, Permission.CloseLoop),
        new(Improve, Trigger.CycleComplete, Completed, Permission.CloseLoop),
        new(Planned, Trigger.Withdraw, Withdrawn, Permission.Withdraw),
        new(ReadyForHandoff, Trigger.Withdraw, Withdrawn, Permission.Withdraw),
        new(Packaged, Trigger.Withdraw, Withdrawn, Permission.Withdraw),
        new(Validated, Trigger.Withdraw, Withdrawn, Permission.Withdraw),
        new(Improve, Trigger.Withdraw, Withdrawn, Permission.Withdraw),
    ];

    private static readonly FrozenDictionary<(PlanStatus, Trigger), Arrow> ByPair = Arrows.ToFrozenDictionary(a => (a.From, a.Trigger));

    public static Arrow? Find(PlanStatus from, Trigger trigger) => ByPair.GetValueOrDefault((from, trigger));

    public static IEnumerable<Trigger> Allowed(PlanStatus from) => Arrows.Where(a => a.From == from).Select(a => a.Trigger);

    public static bool IsClosed(PlanStatus status) => status is Completed or Withdrawn;

    /// <summary>The name on the wire: <c>READY_FOR_HANDOFF</c>.</summary>
    public static string Wire(PlanStatus status) => Snake.Case(status.ToString()).ToUpperInvariant();

    /// <summary>The name on the wire: <c>validate_complete</c>.</summary>
    public static string Wire(Trigger trigger) => Snake.Case(trigger.ToString());
}
