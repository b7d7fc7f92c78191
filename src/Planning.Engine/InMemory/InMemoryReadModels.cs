using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Domain.Environments;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Domain.Refreshes;
using Planning.Engine.Entities;
using Planning.Engine.Log;
using Planning.Engine.Pump;
using Planning.Engine.Reads;

namespace Planning.Engine.InMemory;

/// <summary>Read models as folds in dictionaries: what the tables of a real store must answer, without their indexes.</summary>
public sealed partial class InMemoryReadModels : IReadModels, IEventConsumer
{
    private readonly Lock gate = new();
    private readonly Dictionary<EntityKey, EntityFold> folds = [];
    private readonly Dictionary<EntityKey, (long CreatedPosition, GateRunRow Row)> gateRuns = [];
    private readonly Dictionary<EntityKey, (long CreatedPosition, EnvironmentRow Row)> environments = [];
    private readonly Dictionary<EntityKey, (long CreatedPosition, BookingRow Row)> bookings = [];
    private readonly List<(WorkspaceId Workspace, long CreatedPosition, RefreshRunRow Row)> refreshRuns = [];
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
        workspace, ListNames.Plans(filter), page, Of(workspace, EntityKind.Plan, ReadRows.OfPlan).Where(r => Fits(filter, r.Row))));

    public ValueTask<Page<GateRunRow>> ListGateRunsAsync(WorkspaceId workspace, PlanId? plan, PageRequest page, CancellationToken cancellation) => new(PageOf(
        workspace, ListNames.GateRuns(plan), page, Rows(gateRuns, workspace).Where(r => plan is null || r.Row.PlanId == plan)));

    public ValueTask<Page<ManifestRow>> ListManifestsAsync(WorkspaceId workspace, PlanId? plan, PageRequest page, CancellationToken cancellation) => new(PageOf(
        workspace, ListNames.Manifests(plan), page, Of(workspace, EntityKind.Manifest, ReadRows.OfManifest).Where(r => plan is null || r.Row.PlanId == plan)));

    public ValueTask<Page<CycleRow>> ListCyclesAsync(WorkspaceId workspace, bool? open, PageRequest page, CancellationToken cancellation) => new(PageOf(
        workspace, ListNames.Cycles(open), page, Of(workspace, EntityKind.Cycle, ReadRows.OfCycle).Where(r => open is null || r.Row.Open == open)));

    public ValueTask<Page<EnvironmentRow>> ListEnvironmentsAsync(Viewer viewer, EnvironmentFilter filter, PageRequest page, CancellationToken cancellation) => new(PageOf(
        viewer.Workspace, ListNames.Environments(filter), page, Visible(viewer).Where(e =>
            (filter.Tree is null || e.Row.Tree == filter.Tree)
            && (filter.OwnerGroup is null || e.Row.OwnerGroup == filter.OwnerGroup)
            && (filter.Retired is null || e.Row.Retired == filter.Retired))));

    public ValueTask<Page<BookingRow>> ListBookingsAsync(Viewer viewer, BookingFilter filter, PageRequest page, CancellationToken cancellation)
    {
        var visible = Visible(viewer).Select(e => e.Row.Id).ToHashSet();
        return new(PageOf(viewer.Workspace, ListNames.Bookings(filter), page, Rows(bookings, viewer.Workspace).Where(b =>
            (b.Row.By == viewer.Person || visible.Contains(b.Row.EnvironmentId)) && Fits(filter, b.Row))));
    }

    public ValueTask<Page<RefreshRow>> ListRefreshesAsync(Viewer viewer, RefreshFilter filter, PageRequest page, CancellationToken cancellation) => new(PageOf(
        viewer.Workspace, ListNames.Refreshes(filter), page, VisibleRefreshes(viewer).Where(r => Fits(filter, r.Row))));

    public ValueTask<Page<RefreshRunRow>> ListRefreshRunsAsync(Viewer viewer, RefreshRunFilter filter, PageRequest page, CancellationToken cancellation)
    {
        var visible = VisibleRefreshes(viewer).Select(r => r.Row.Id).ToHashSet();
        lock (gate)
        {
            return new(PageOf(
                viewer.Workspace, ListNames.RefreshRuns(filter), page,
                refreshRuns.Where(r => r.Workspace == viewer.Workspace && visible.Contains(r.Row.RefreshId)
                    && (filter.EnvironmentId is null || r.Row.EnvironmentId == filter.EnvironmentId)
                    && (filter.RefreshId is null || r.Row.RefreshId == filter.RefreshId)).Select(r => (r.CreatedPosition, r.Row))));
        }
    }

    public ValueTask<long> CountPendingApprovalsAsync(CancellationToken cancellation)
    {
        lock (gate)
            return new(folds.Values.LongCount(f => f.State is Refresh { Status: RefreshStatus.Requested }));
    }

    public ValueTask<ImmutableArray<PlanId>> OpenPlansAsync(WorkspaceId workspace, CycleId cycle, CancellationToken cancellation) => new(
        [.. Folds(workspace, EntityKind.Plan).Select(f => (Plan)f.State).Where(p => p.CycleId == cycle && !p.IsClosed).Select(p => p.Id).OrderBy(id => id.Value, StringComparer.Ordinal)]);

    public ValueTask<CycleId?> PresentCycleAsync(WorkspaceId workspace, CancellationToken cancellation) => new(
        Folds(workspace, EntityKind.Cycle).OrderBy(f => f.CreatedPosition).Select(f => (Cycle)f.State).LastOrDefault(c => c.IsOpen)?.Opened!.CycleId);

    public ValueTask<PlanId?> LastExecutedAsync(WorkspaceId workspace, string stream, PlanId except, CancellationToken cancellation) => new(
        Folds(workspace, EntityKind.Plan).Where(f => f.ExecutedPosition is not null).OrderBy(f => f.ExecutedPosition)
            .Select(f => (Plan)f.State).LastOrDefault(p => p.Stream == stream && p.Id != except)?.Id);

    private static bool Fits(PlanFilter filter, PlanRow plan) =>
        (filter.Status is null || plan.Status == filter.Status)
        && (filter.Stream is null || plan.Stream == filter.Stream)
        && (filter.CycleId is null || plan.CycleId == filter.CycleId)
        && (filter.Author is null || plan.Author == filter.Author)
        && (filter.Priority is null || plan.Priority == filter.Priority)
        && (filter.Tag is not { } tag || plan.Tags.GetValueOrDefault(tag.Key) == tag.Value)
        && (filter.Text is null || TitleWords.Fit(plan.Title, filter.Text));

    private static bool Fits(BookingFilter filter, BookingRow booking) =>
        (filter.Id is null || booking.Id == filter.Id)
        && (filter.EnvironmentId is null || booking.EnvironmentId == filter.EnvironmentId)
        && (filter.By is null || booking.By == filter.By)
        && (filter.PlanId is null || booking.PlanId == filter.PlanId)
        && (filter.From is not { } from || booking.Window.To > from)
        && (filter.To is not { } to || booking.Window.From < to)
        && (filter.Cancelled is null || booking.Cancelled == filter.Cancelled);

    private static bool Fits(RefreshFilter filter, RefreshRow refresh) =>
        (filter.EnvironmentId is null || refresh.EnvironmentId == filter.EnvironmentId)
        && (filter.Status is null || refresh.Status == filter.Status)
        && (filter.Type is null || refresh.Type == filter.Type)
        && (filter.RequestedBy is null || refresh.RequestedBy == filter.RequestedBy)
        && (filter.From is not { } from || refresh.Window.To > from)
        && (filter.To is not { } to || refresh.Window.From < to);

    private IEnumerable<(long CreatedPosition, RefreshRow Row)> VisibleRefreshes(Viewer viewer)
    {
        var seen = Visible(viewer).Select(e => e.Row.Id).ToHashSet();
        return Of(viewer.Workspace, EntityKind.Refresh, RefreshRows.Of).Where(r =>
            viewer.SeesAll || r.Row.RequestedBy == viewer.Person || seen.Contains(r.Row.EnvironmentId) || viewer.Groups.Any(r.Row.NotifyGroups.Contains));
    }

    private IEnumerable<(long CreatedPosition, EnvironmentRow Row)> Visible(Viewer viewer) => Rows(environments, viewer.Workspace).Where(e =>
        viewer.SeesAll || viewer.Groups.Contains(e.Row.OwnerGroup) || viewer.Groups.Any(e.Row.UserGroups.Contains));

    private static Page<TRow> PageOf<TRow>(WorkspaceId workspace, string list, PageRequest page, IEnumerable<(long CreatedPosition, TRow Row)> found)
    {
        var before = ListCursor.Read(workspace, list, page.Cursor);
        var rows = found.Where(r => r.CreatedPosition < before).OrderByDescending(r => r.CreatedPosition).Take(page.Limit + 1).ToArray();
        var next = rows.Length > page.Limit ? ListCursor.Write(workspace, list, rows[page.Limit - 1].CreatedPosition) : null;
        return new Page<TRow>([.. rows.Take(page.Limit).Select(r => r.Row)], next);
    }

    private void Apply(StoredEvent stored)
    {
        if (stored.Entity.Kind == EntityKind.Rulebook)
            return;
        var happened = EventCodec.Decode(stored);
        if (happened is GateRunEvent ended)
        {
            var (outcome, findings) = ReadRows.EndOf(ended);
            if (gateRuns.TryGetValue(stored.Entity, out var run))
                gateRuns[stored.Entity] = run with { Row = run.Row with { Outcome = outcome, FindingCount = findings, FinishedAt = stored.At } };
            return;
        }
        if (happened is PlanEvent.GateStarted started)
            gateRuns[EntityKey.Of(stored.Entity.Workspace, started.GateRunId)] = (stored.Position, ReadRows.OfGateRun(stored, started));
        var before = folds.GetValueOrDefault(stored.Entity);
        var after = folds[stored.Entity] = EntityFold.Next(before, stored, happened);
        MarkCalendar(stored, happened);
        if (RefreshRows.RunOf(after, happened) is { } done)
            refreshRuns.Add((stored.Entity.Workspace, stored.Position, done));
        if (happened is EnvironmentEvent change)
            Apply(stored, change, (EnvironmentTree?)before?.State ?? EnvironmentTree.None, (EnvironmentTree)after.State);
    }

    private void Apply(StoredEvent stored, EnvironmentEvent happened, EnvironmentTree before, EnvironmentTree after)
    {
        foreach (var row in EnvironmentRows.OfEnvironments(new EnvironmentTreeId(stored.Entity.Id), after, happened, stored.At))
        {
            var key = stored.Entity with { Id = row.Id.Value };
            environments[key] = environments.TryGetValue(key, out var old) ? old with { Row = row with { CreatedAt = old.Row.CreatedAt } } : (stored.Position, row);
        }
        if (EnvironmentRows.OfBooking(before, happened, stored.At) is { } booking)
        {
            var key = stored.Entity with { Id = booking.Id.Value };
            bookings[key] = bookings.TryGetValue(key, out var old) ? old with { Row = booking with { CreatedAt = old.Row.CreatedAt } } : (stored.Position, booking);
        }
    }

    private IEnumerable<(long CreatedPosition, TRow Row)> Of<TRow>(WorkspaceId workspace, EntityKind kind, Func<EntityFold, TRow> row) =>
        Folds(workspace, kind).Select(f => (f.CreatedPosition, row(f)));

    private EntityFold[] Folds(WorkspaceId workspace, EntityKind kind)
    {
        lock (gate)
            return [.. folds.Where(f => f.Key.Workspace == workspace && f.Key.Kind == kind).Select(f => f.Value)];
    }

    private (long CreatedPosition, TRow Row)[] Rows<TRow>(Dictionary<EntityKey, (long CreatedPosition, TRow Row)> rows, WorkspaceId workspace)
    {
        lock (gate)
            return [.. rows.Where(r => r.Key.Workspace == workspace).Select(r => r.Value)];
    }
}
