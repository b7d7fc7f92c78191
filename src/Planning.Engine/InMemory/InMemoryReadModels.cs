using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Domain.Gates;
using Planning.Domain.Handoff;
using Planning.Domain.Plans;
using Planning.Engine.Entities;
using Planning.Engine.Log;
using Planning.Engine.Pump;
using Planning.Engine.Reads;

namespace Planning.Engine.InMemory;

/// <summary>Read models as folds in dictionaries: what the tables of a real store must answer, without their indexes.</summary>
public sealed class InMemoryReadModels : IReadModels, IEventConsumer
{
    private readonly Lock gate = new();
    private readonly Dictionary<EntityKey, Entry> entries = [];
    private readonly Dictionary<EntityKey, PlanEvent.GateStarted> started = [];
    private readonly Dictionary<int, long> positions = [];

    public string Name => IReadModels.ConsumerName;

    public ValueTask<long> PositionAsync(int partition, CancellationToken cancellation)
    {
        lock (gate)
            return new(positions.GetValueOrDefault(partition));
    }

    public ValueTask HandleAsync(EventBatch batch, CancellationToken cancellation)
    {
        lock (gate)
        {
            foreach (var e in batch.Events)
                Apply(e);
            positions[batch.Partition] = batch.Last;
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask<Page<PlanRow>> ListPlansAsync(WorkspaceId workspace, PlanFilter filter, PageRequest page, CancellationToken cancellation) => new(PageOf(
        page, Entries<Plan>(workspace, EntityKind.Plan).Where(e => Fits(filter, e.State)), e => new PlanRow(
            e.State.Id, e.State.Title, e.State.Stream, e.State.Status, e.State.Priority, e.State.Author, e.State.CycleId, e.State.Tags,
            e.State.Tasks.Count, e.State.Tasks.Points, e.State.Pending?.Trigger, e.State.Manifest, e.State.ContentHash,
            e.Entry.Version, e.Entry.Position, e.Entry.CreatedAt, e.Entry.UpdatedAt)));

    public ValueTask<Page<GateRunRow>> ListGateRunsAsync(WorkspaceId workspace, PlanId? plan, PageRequest page, CancellationToken cancellation) => new(PageOf(
        page, Entries<GateRun>(workspace, EntityKind.GateRun).Where(e => plan is null || started[e.Key] is not null && PlanOf(e.Entry) == plan), e => new GateRunRow(
            new GateRunId(e.Key.Id), PlanOf(e.Entry)!.Value, started[e.Key].Gate, started[e.Key].Trigger,
            e.State.Report is { } r ? Snake.Case(r.Outcome.ToString()) : null, e.State.Report?.FindingCount ?? 0,
            e.Entry.CreatedAt, e.State.Report is null ? null : e.Entry.UpdatedAt)));

    public ValueTask<Page<ManifestRow>> ListManifestsAsync(WorkspaceId workspace, PlanId? plan, PageRequest page, CancellationToken cancellation) => new(PageOf(
        page, Entries<Manifest>(workspace, EntityKind.Manifest).Where(e => plan is null || e.State.Created!.PlanId == plan), e => new ManifestRow(
            new ManifestId(e.Key.Id), e.State.Created!.PlanId, e.State.Created.Number, e.State.Created.Digest, e.State.Signatures.Length,
            e.State.IsSealed, e.State.Created.Supersedes, e.Entry.CreatedAt, e.State.IsSealed ? e.Entry.UpdatedAt : null)));

    public ValueTask<Page<CycleRow>> ListCyclesAsync(WorkspaceId workspace, bool? open, PageRequest page, CancellationToken cancellation) => new(PageOf(
        page, Entries<Cycle>(workspace, EntityKind.Cycle).Where(e => open is null || e.State.IsOpen == open), e => new CycleRow(
            new CycleId(e.Key.Id), e.State.Opened!.Name, e.State.Opened.StartsOn, e.State.Opened.EndsOn, e.State.IsOpen,
            e.State.Closed?.NextCycle, e.Entry.CreatedAt, e.State.IsOpen ? null : e.Entry.UpdatedAt)));

    public ValueTask<ImmutableArray<PlanId>> OpenPlansAsync(WorkspaceId workspace, CycleId cycle, CancellationToken cancellation) => new(
        [.. Entries<Plan>(workspace, EntityKind.Plan).Where(e => e.State.CycleId == cycle && !e.State.IsClosed).Select(e => e.State.Id).OrderBy(id => id.Value, StringComparer.Ordinal)]);

    public ValueTask<CycleId?> PresentCycleAsync(WorkspaceId workspace, CancellationToken cancellation) => new(
        Entries<Cycle>(workspace, EntityKind.Cycle).Where(e => e.State.IsOpen).OrderBy(e => e.Entry.CreatedPosition)
            .Select(e => (CycleId?)new CycleId(e.Key.Id)).LastOrDefault());

    public ValueTask<PlanId?> LastExecutedAsync(WorkspaceId workspace, string stream, PlanId except, CancellationToken cancellation) => new(
        Entries<Plan>(workspace, EntityKind.Plan).Where(e => e.State.Stream == stream && e.State.Id != except && e.Entry.ExecutedPosition > 0)
            .OrderBy(e => e.Entry.ExecutedPosition).Select(e => (PlanId?)e.State.Id).LastOrDefault());

    private static bool Fits(PlanFilter filter, Plan plan) =>
        (filter.Status is null || plan.Status == filter.Status)
        && (filter.Stream is null || plan.Stream == filter.Stream)
        && (filter.CycleId is null || plan.CycleId == filter.CycleId)
        && (filter.Author is null || plan.Author == filter.Author)
        && (filter.Priority is null || plan.Priority == filter.Priority)
        && (filter.Tag is not { } tag || plan.Tags.GetValueOrDefault(tag.Key) == tag.Value)
        && (filter.Text is null || plan.Title.Contains(filter.Text, StringComparison.OrdinalIgnoreCase));

    private static PlanId? PlanOf(Entry entry) => entry.Plan;

    /// <summary>Newest change first; the cursor is the position of the last row.</summary>
    private static Page<TRow> PageOf<TState, TRow>(PageRequest page, IEnumerable<Found<TState>> found, Func<Found<TState>, TRow> row)
    {
        var before = long.MaxValue;
        if (page.Cursor is { } cursor && !long.TryParse(cursor, out before))
            throw new InvalidCursorException("The cursor was not made by this list. Start again without one.");
        var rows = found.Where(e => e.Entry.Position < before).OrderByDescending(e => e.Entry.Position).Take(page.Limit + 1).ToArray();
        var next = rows.Length > page.Limit ? rows[page.Limit - 1].Entry.Position.ToString() : null;
        return new Page<TRow>([.. rows.Take(page.Limit).Select(row)], next);
    }

    private void Apply(StoredEvent stored)
    {
        var happened = EventCodec.Decode(stored);
        if (happened is PlanEvent.GateStarted gateStarted)
        {
            var run = EntityKey.Of(stored.Entity.Workspace, gateStarted.GateRunId);
            started[run] = gateStarted;
            entries[run] = new Entry(GateRun.Running, 0, stored.Position, stored.At, stored.At, stored.Position, Plan: new PlanId(stored.Entity.Id));
        }
        var old = entries.GetValueOrDefault(stored.Entity) ?? new Entry(null, 0, 0, stored.At, stored.At, stored.Position);
        var executed = happened is PlanEvent.StateTransition { Outcome: TransitionOutcome.Moved, ToState: PlanStatus.Executed };
        entries[stored.Entity] = old with
        {
            State = EntityKinds.Evolve(stored.Entity.Kind, old.State, happened),
            Version = stored.Version,
            Position = stored.Position,
            UpdatedAt = stored.At,
            ExecutedPosition = executed ? stored.Position : old.ExecutedPosition,
        };
    }

    private Found<TState>[] Entries<TState>(WorkspaceId workspace, EntityKind kind)
    {
        lock (gate)
            return [.. entries.Where(e => e.Key.Workspace == workspace && e.Key.Kind == kind).Select(e => new Found<TState>(e.Key, (TState)e.Value.State!, e.Value))];
    }

    private sealed record Entry(
        object? State, long Version, long Position, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long CreatedPosition, long ExecutedPosition = 0, PlanId? Plan = null);

    private sealed record Found<TState>(EntityKey Key, TState State, Entry Entry);
}
