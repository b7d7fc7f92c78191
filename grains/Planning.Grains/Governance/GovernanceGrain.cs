using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Planning.Domain.Governance;
using Planning.Engine.Entities;
using Planning.Engine.Workspaces;
using Planning.Grains.Workspaces;

namespace Planning.Grains.Governance;

/// <summary>
/// The compliance of one workspace: the verdict on every open plan, and GOVERNANCE_VIOLATION where execution goes on
/// although something is missing. As it has effects, it must not sleep on news: while it is in memory a reminder stands,
/// which wakes it on another silo if its own is gone; what it has settled is kept, so that being woken for nothing is cheap.
/// </summary>
[GrainType("governance")]
[ImplicitStreamSubscription(WorkspaceStream.Namespace)]
public sealed class GovernanceGrain(
    [PersistentState("settled", GovernanceGrain.Storage)] IPersistentState<SettledState> settled,
    CellServices services, IEntityHost host, FollowerOptions options, ILogger<GovernanceGrain> logger)
    : FollowerGrain<ComplianceFold>(options, services.Time, logger), IGovernanceGrain, IRemindable
{
    public const string Storage = "cluster";

    private const string Wake = "wake";

    private readonly FollowerOptions options = options;
    private GovernanceView view = null!;
    private bool reminded;

    protected override WorkspaceFollower<ComplianceFold> Follower => view.Follower;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        view = new GovernanceView(Workspace, services.Log, host, services.Rulebooks, services.Time);
        return base.OnActivateAsync(cancellationToken);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await base.OnDeactivateAsync(reason, cancellationToken);
        // Only one that nobody needed goes for good; one whose silo leaves is wanted elsewhere.
        if (reason.ReasonCode == DeactivationReasonCode.ActivationIdle)
            await ForgetReminderAsync();
    }

    public async ValueTask<ComplianceMessage> ComplianceAsync(ComplianceQuery query, long minPosition, DateTimeOffset at) =>
        await ReachAsync(minPosition) is { } unreadable
            ? new ComplianceMessage(null, unreadable)
            : new ComplianceMessage(await view.ReadAsync(query, at, CancellationToken.None), null);

    /// <summary>Its silo is gone, or it has left memory in good order elsewhere: is there anything new?</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        reminded = true;
        if (Follower.IsCaughtUp)
            return;
        if ((await services.Log.ReadWorkspaceAsync(Workspace, settled.State.Position, 1, CancellationToken.None)).Count > 0)
        {
            ReadOn();
            return;
        }
        await ForgetReminderAsync();
        DeactivateOnIdle();
    }

    protected override async Task AdvancedAsync(CancellationToken cancellation)
    {
        if (!reminded)
        {
            await this.RegisterOrUpdateReminder(Wake, options.WakeInterval, options.WakeInterval, cancellation);
            reminded = true;
        }
        if (Follower.Look(fold => fold.HasUnsettled))
            await view.SettleAsync(cancellation);
    }

    protected override async Task RestingAsync()
    {
        if (!Follower.IsCaughtUp || Follower.Position == settled.State.Position || Follower.Look(fold => fold.HasUnsettled))
            return;
        settled.State.Position = Follower.Position;
        await settled.WriteStateAsync();
    }

    private async Task ForgetReminderAsync()
    {
        if (await this.GetReminder(Wake) is { } wake)
            await this.UnregisterReminder(wake);
        reminded = false;
    }
}

/// <summary>Up to where everything is judged and recorded.</summary>
[GenerateSerializer, Alias("planning.settled")]
public sealed class SettledState
{
    [Id(0)]
    public long Position { get; set; }
}

[Alias("planning.governance")]
public interface IGovernanceGrain : IFollowerGrain
{
    [Alias("compliance")]
    ValueTask<ComplianceMessage> ComplianceAsync(ComplianceQuery query, long minPosition, DateTimeOffset at);
}

/// <summary>The report, or why the history cannot be read.</summary>
[GenerateSerializer, Immutable, Alias("planning.compliance")]
public sealed record ComplianceMessage([property: Id(0)] ComplianceReport? Report, [property: Id(1)] string? Unreadable);
