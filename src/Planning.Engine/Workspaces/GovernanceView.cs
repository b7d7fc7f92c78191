using Planning.Domain;
using Planning.Domain.Governance;
using Planning.Engine.Digests;
using Planning.Engine.Entities;
using Planning.Engine.Log;

namespace Planning.Engine.Workspaces;

/// <summary>
/// A workspace's compliance: the verdict on every open plan, and GOVERNANCE_VIOLATION for plans that are being executed
/// although something is missing by now. The plan itself records a violation, once, however often it is told to look.
/// </summary>
public sealed class GovernanceView(WorkspaceId workspace, IEventLog log, IEntityHost host, IRulebooks rulebooks, TimeProvider time)
{
    public WorkspaceFollower<ComplianceFold> Follower { get; } = new(workspace, log, () => new ComplianceFold(), Apply, time);

    /// <summary>Of what has been applied.</summary>
    public ValueTask<ComplianceReport> ReadAsync(ComplianceQuery query, DateTimeOffset at, CancellationToken cancellation) =>
        Follower.LookAsync(fold => fold.Rulebook, rulebooks, (fold, rules) => fold.Judge(query, rules, at), cancellation);

    /// <summary>Has every violation recorded that the applied events show. What cannot be recorded now is tried again with the next call.</summary>
    /// <exception cref="LogUnavailableException">A plan cannot be reached or does not take the check now.</exception>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        var checks = await Follower.LookAsync(fold => fold.Rulebook, rulebooks, (fold, rules) => fold.TakeUnrecorded(rules), cancellation);
        for (var done = 0; done < checks.Count; done++)
        {
            try
            {
                await SendAsync(checks[done], cancellation);
            }
            catch
            {
                Follower.Look(fold => fold.PutBack(checks.Skip(done)));
                throw;
            }
        }
    }

    /// <summary>Under an id that derives from the event that made the check necessary: asked twice, the plan records once.</summary>
    private async Task SendAsync(ComplianceCheck check, CancellationToken cancellation)
    {
        var request = new CommandRequest(EntityKey.Of(workspace, check.Plan), check.Command, Actor.System, $"governance/{check.EventId}");
        if (await host.SendAsync(request, cancellation) is Answer.Rejected refused)
            throw new LogUnavailableException($"{request.Entity} could not be checked: {refused.Rejection.Code}: {refused.Rejection.Message}");
    }

    private static void Apply(ComplianceFold fold, StoredEvent stored)
    {
        // Only these are looked into; decoding is most of the work.
        if (stored.Entity.Kind is EntityKind.Plan or EntityKind.Rulebook)
            fold.Apply(CycleHistory.Happened(stored));
        else
            fold.Pass(stored.Position);
    }
}
