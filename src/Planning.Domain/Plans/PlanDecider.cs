using System.Collections.Immutable;
using System.Diagnostics;

namespace Planning.Domain.Plans;

/// <summary>
/// What a plan answers to each command. The steps are the same for all: does the plan exist and is it open,
/// may this actor, does the state allow it, is the input valid — and is it done already, in which case nothing happens.
/// The rules of each family of commands are in the other files of this class.
/// </summary>
public sealed partial class PlanDecider : IDecider<Plan, PlanCommand, PlanEvent>
{
    public static Plan Initial => Plan.None;

    public static Decision<PlanEvent> Decide(Plan plan, PlanCommand command, Issued issued)
    {
        if (command is PlanCommand.Create create)
            return Create(plan, create, issued);
        if (!plan.Exists)
            return Rejection.NotFound("plan_not_found", "There is no plan with this id in this workspace.");
        return command switch
        {
            PlanCommand.Update update => Update(plan, update, issued),
            PlanCommand.Attach attach => Attach(plan, attach, issued),
            PlanCommand.RequestTransition request => RequestTransition(plan, request, issued),
            PlanCommand.CompleteTransition complete => CompleteTransition(plan, complete, issued),
            PlanCommand.Approve approve => Approve(plan, approve, issued),
            PlanCommand.Waive waive => Waive(plan, waive, issued),
            PlanCommand.ReportExecution report => ReportExecution(plan, report, issued),
            PlanCommand.CarryOver carry => CarryOver(plan, carry, issued),
            PlanCommand.CheckCompliance check => CheckCompliance(plan, check, issued),
            PlanCommand.Create or _ => throw new UnreachableException($"A plan knows no command {command.GetType().Name}."),
        };
    }

    private static Rejection? RefuseClosed(Plan plan) => !plan.IsClosed ? null : Rejection.Conflict(
        "plan_closed",
        $"The plan is closed ({Lifecycle.Wire(plan.Status)}) and is never reopened. Clone it into an open cycle to go on.");

    private static Rejection? RefusePending(Plan plan) => plan.Pending is not { } pending ? null : Rejection.Conflict(
        "transition_pending",
        $"Gate {pending.Gate} is running for {Lifecycle.Wire(pending.Trigger)} (run {pending.GateRunId}). Wait for its outcome, then try again.");

    private static Decision<PlanEvent> CarryOver(Plan plan, PlanCommand.CarryOver carry, Issued issued)
    {
        if (Permissions.Refuse(issued.By, Permission.ContinueProcess) is { } refused)
            return refused;
        return plan.IsClosed || !carry.From.Contains(plan.CycleId)
            ? Decision<PlanEvent>.Nothing
            : new PlanEvent.PlanUpdated(CycleId: carry.CycleId);
    }
}
