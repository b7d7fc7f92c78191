using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Entities;
using Planning.Engine.Log;

namespace Planning.Engine.Reactors;

/// <summary>
/// Something has happened that may break the rules for plans that are being executed → they are checked.
/// <list type="bullet">
/// <item>RULEBOOK_ACTIVATED: every plan that is being executed.</item>
/// <item>STATE_TRANSITION into execution: the rules may have been replaced while its gate ran.</item>
/// <item>APPROVAL_RECORDED of a waiver: rules may count waivers.</item>
/// </list>
/// For hosts in which nothing follows the workspaces all the time.
/// </summary>
/// <param name="settleAsync">Brings a workspace's compliance to a position and has its violations recorded.</param>
public sealed class GovernanceReactor(IEntityHost host, IRulebooks rulebooks, Func<WorkspaceId, long, CancellationToken, Task> settleAsync) : IReactor
{
    public string Name => "governance";

    public IReadOnlySet<string> Types { get; } = new HashSet<string>(StringComparer.Ordinal) { "RULEBOOK_ACTIVATED", "STATE_TRANSITION", "APPROVAL_RECORDED" };

    public Task ReactAsync(StoredEvent happened, CancellationToken cancellation) => EventCodec.Decode(happened) switch
    {
        PlanEvent.StateTransition { Outcome: TransitionOutcome.Moved, Trigger: Trigger.BeginExecution } => BegunAsync(happened, cancellation),
        PlanEvent.ApprovalRecorded { Waiver: not null } => WaivedAsync(happened, cancellation),
        Domain.Rulebooks.RulebookEvent.RulebookActivated => settleAsync(happened.Entity.Workspace, happened.Position, cancellation),
        _ => Task.CompletedTask,
    };

    private async Task BegunAsync(StoredEvent happened, CancellationToken cancellation)
    {
        var rules = await rulebooks.ActiveAsync(happened.Entity.Workspace, cancellation);
        await new Reaction(this, happened, host).SendAsync(happened.Entity, new PlanCommand.CheckCompliance(rules.Hash, happened.At), cancellation);
    }

    private async Task WaivedAsync(StoredEvent happened, CancellationToken cancellation)
    {
        if (((Plan)(await host.ReadAsync(happened.Entity, cancellation)).State).IsExecuting)
            await settleAsync(happened.Entity.Workspace, happened.Position, cancellation);
    }
}
