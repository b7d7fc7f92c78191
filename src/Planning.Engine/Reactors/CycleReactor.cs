using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Domain.Plans;
using Planning.Engine.Blobs;
using Planning.Engine.Digests;
using Planning.Engine.Entities;
using Planning.Engine.Log;

namespace Planning.Engine.Reactors;

/// <summary>
/// A cycle was closed → its unfinished plans go on in the next, and its digest is there. Which plans are unfinished is
/// read from the log up to the event, not from what the caller of the close believed.
/// <list type="bullet">
/// <item>CYCLE_CLOSED: carry over, render, keep.</item>
/// <item>CYCLE_OPENED: plans that were left in a closed cycle go on in the one that follows it.</item>
/// <item>PLAN_CREATED: a plan that was made for a cycle just when that closed goes on in its next.</item>
/// </list>
/// </summary>
public sealed class CycleReactor(IEntityHost host, IEventLog log, IBlobStore blobs, DigestRenderer renderer, IDigestStore digests) : IReactor
{
    private readonly CycleHistory history = new(log);

    public string Name => "cycle";

    public IReadOnlySet<string> Types { get; } = new HashSet<string>(StringComparer.Ordinal) { "CYCLE_CLOSED", "CYCLE_OPENED", "PLAN_CREATED" };

    public Task ReactAsync(StoredEvent happened, CancellationToken cancellation) => EventCodec.Decode(happened) switch
    {
        CycleEvent.CycleClosed closed => ClosedAsync(happened, closed, cancellation),
        CycleEvent.CycleOpened { Follows: not null } => OpenedAsync(happened, cancellation),
        PlanEvent.PlanCreated created => CreatedAsync(happened, created, cancellation),
        _ => Task.CompletedTask,
    };

    private async Task ClosedAsync(StoredEvent happened, CycleEvent.CycleClosed closed, CancellationToken cancellation)
    {
        var workspace = happened.Entity.Workspace;
        var fold = await history.FoldAsync(workspace, happened.Position, cancellation);
        await CarryOverAsync(happened, fold, cancellation);

        var rendered = await renderer.RenderAsync(workspace, fold, cancellation);
        var json = await blobs.PutAsync(workspace, rendered.Json, cancellation);
        var markdown = await blobs.PutAsync(workspace, rendered.Markdown, cancellation);
        await digests.SaveAsync(new StoredDigest(workspace, closed.CycleId, json, markdown, happened.Position), cancellation);
    }

    private async Task OpenedAsync(StoredEvent happened, CancellationToken cancellation) =>
        await CarryOverAsync(happened, await history.FoldAsync(happened.Entity.Workspace, happened.Position, cancellation), cancellation);

    private async Task CarryOverAsync(StoredEvent happened, CycleFold fold, CancellationToken cancellation)
    {
        var reaction = new Reaction(this, happened, host);
        foreach (var straggler in fold.Stragglers)
            await reaction.SendAsync(EntityKey.Of(happened.Entity.Workspace, straggler.Plan), new PlanCommand.CarryOver(straggler.GoesOnIn, [.. straggler.Left]), cancellation);
    }

    /// <summary>Read from the log, not from memory: a plan that came after the close must see the close.</summary>
    private async Task CreatedAsync(StoredEvent happened, PlanEvent.PlanCreated created, CancellationToken cancellation)
    {
        var workspace = happened.Entity.Workspace;
        var seen = new HashSet<CycleId>();
        var cycle = created.CycleId;
        while (seen.Add(cycle) && await ClosedAsync(workspace, cycle, cancellation) is { NextCycle: { } next })
            cycle = next;
        if (cycle != created.CycleId)
            await new Reaction(this, happened, host).SendAsync(EntityKey.Of(workspace, created.PlanId), new PlanCommand.CarryOver(cycle, [.. seen.Where(left => left != cycle)]), cancellation);
    }

    private async Task<CycleEvent.CycleClosed?> ClosedAsync(WorkspaceId workspace, CycleId cycle, CancellationToken cancellation)
    {
        var events = await log.ReadEntityAsync(EntityKey.Of(workspace, cycle), afterVersion: 0, cancellation);
        return events.Select(EventCodec.Decode).OfType<CycleEvent.CycleClosed>().FirstOrDefault();
    }
}
