using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Planning.Artifacts.Canonical;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Gates;
using Planning.Domain.Governance;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Blobs;
using Planning.Engine.Entities;
using Planning.Engine.Reads;

namespace Planning.Engine.Tests.Gates.Support;

/// <summary>A workspace in memory: plans, gate runs, blobs and one rulebook, behind the ports that gates use.</summary>
internal sealed class Workspace : IEntityHost, IBlobStore, IRulebooks, IReadModels
{
    public static readonly WorkspaceId Id = new("wsp_test");
    public static readonly DateTimeOffset Now = new(2027, 1, 15, 9, 0, 0, TimeSpan.Zero);

    private readonly ConcurrentDictionary<ContentHash, ReadOnlyMemory<byte>> blobs = [];
    private readonly ConcurrentDictionary<EntityKey, EntityState> entities = [];

    public Rulebook Rules { get; set; } = new(
        new ContentHash("sha256:rules"), [], null!, [], new SealingPolicy(SealAlgorithm.RsaSha256, []), []);

    /// <summary>What the read model would say was executed last.</summary>
    public PlanId? Executed { get; set; }

    /// <summary>Thrown by every reading of an entity while it is set.</summary>
    public Exception? Outage { get; set; }

    public IReadOnlyDictionary<ContentHash, ReadOnlyMemory<byte>> Blobs => blobs;

    public Plan AddPlan(string id, params (string Name, string Text)[] artifacts) => AddPlan(new Plan { Id = new PlanId(id), Stream = "payments" }, artifacts);

    public Plan AddPlan(Plan plan, params (string Name, string Text)[] artifacts) =>
        AddPlan(plan, artifacts.Select(a => (a.Name, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(a.Text))));

    public Plan AddPlan(Plan plan, IEnumerable<(string Name, ReadOnlyMemory<byte> Bytes)> artifacts)
    {
        var evidence = (string name) => name.StartsWith("coverage", StringComparison.Ordinal) || name.StartsWith("parity", StringComparison.Ordinal);
        plan = artifacts.Aggregate(plan with { Exists = true }, (p, a) => PlanDecider.Evolve(
            p, new PlanEvent.ArtifactAttached(a.Name, Put(a.Bytes), a.Bytes.Length, "", evidence(a.Name), null)));
        Set(EntityKey.Of(Id, plan.Id), plan);
        return plan;
    }

    /// <summary>The plan waits for a run of the gate, as after a request.</summary>
    public PlanEvent.GateStarted Start(Plan plan, string gate, params Waiver[] waivers)
    {
        var started = new PlanEvent.GateStarted(
            new GateRunId("gtr_1"), gate, Trigger.ValidateComplete, PlanStatus.Planned, PlanStatus.ReadyForHandoff, plan.ContentHash, Rules.Hash,
            plan.Artifacts.ToImmutableSortedDictionary(a => a.Key, a => a.Value.Hash, StringComparer.Ordinal), [.. waivers], new PersonId("psn_1"));
        Set(EntityKey.Of(Id, plan.Id), PlanDecider.Evolve(plan, started));
        return started;
    }

    public void Set(EntityKey entity, object state) => entities.AddOrUpdate(
        entity, _ => new EntityState(entity, 1, 1, state), (_, old) => new EntityState(entity, old.Version + 1, old.Position + 1, state));

    public GateRunReport? ReportOf(string run) =>
        entities.TryGetValue(EntityKey.Of(Id, new GateRunId(run)), out var state) ? ((GateRun)state.State).Report : null;

    public ContentHash Put(string text) => Put(Encoding.UTF8.GetBytes(text));

    public void Lose(ContentHash hash) => blobs.TryRemove(hash, out _);

    public ValueTask<EntityState> ReadAsync(EntityKey entity, CancellationToken cancellation) => Outage is { } outage
        ? throw outage
        : ValueTask.FromResult(entities.TryGetValue(entity, out var state) ? state : new EntityState(entity, 0, 0, entity.Kind == EntityKind.Plan ? Plan.None : GateRun.Running));

    public async ValueTask<Answer> SendAsync(CommandRequest request, CancellationToken cancellation)
    {
        var run = (GateRun)(await ReadAsync(request.Entity, cancellation)).State;
        var decision = GateRunDecider.Decide(run, (GateRunCommand)request.Command, new Issued(request.By, Now, Rules));
        if (decision.Rejection is { } rejection)
            return new Answer.Rejected(rejection, 0);
        foreach (var happened in decision.Events)
            Set(request.Entity, run = GateRunDecider.Evolve(run, happened));
        return new Answer.Accepted(request.Entity, 1, 1, run, (IReadOnlyList<object>)decision.Events, repeated: false);
    }

    public ValueTask<ContentHash> PutAsync(WorkspaceId workspace, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => ValueTask.FromResult(Put(bytes));

    public ValueTask<ReadOnlyMemory<byte>?> GetAsync(WorkspaceId workspace, ContentHash hash, CancellationToken cancellation) =>
        ValueTask.FromResult(blobs.TryGetValue(hash, out var bytes) ? bytes : (ReadOnlyMemory<byte>?)null);

    public ValueTask<Rulebook> ActiveAsync(WorkspaceId workspace, CancellationToken cancellation) => ValueTask.FromResult(Rules);

    public ValueTask<Rulebook> ByHashAsync(WorkspaceId workspace, ContentHash hash, CancellationToken cancellation) =>
        hash == Rules.Hash ? ValueTask.FromResult(Rules) : throw new KeyNotFoundException($"No rulebook {hash}.");

    public ValueTask<PlanId?> LastExecutedAsync(WorkspaceId workspace, string stream, PlanId except, CancellationToken cancellation) =>
        ValueTask.FromResult(Executed == except ? null : Executed);

    ValueTask<Page<PlanRow>> IReadModels.ListPlansAsync(WorkspaceId workspace, PlanFilter filter, PageRequest page, CancellationToken cancellation) => throw Unasked();

    ValueTask<Page<GateRunRow>> IReadModels.ListGateRunsAsync(WorkspaceId workspace, PlanId? plan, PageRequest page, CancellationToken cancellation) => throw Unasked();

    ValueTask<Page<ManifestRow>> IReadModels.ListManifestsAsync(WorkspaceId workspace, PlanId? plan, PageRequest page, CancellationToken cancellation) => throw Unasked();

    ValueTask<Page<CycleRow>> IReadModels.ListCyclesAsync(WorkspaceId workspace, bool? open, PageRequest page, CancellationToken cancellation) => throw Unasked();

    ValueTask<Page<EnvironmentRow>> IReadModels.ListEnvironmentsAsync(Viewer viewer, EnvironmentFilter filter, PageRequest page, CancellationToken cancellation) => throw Unasked();

    /// <summary>All on one page, of the trees that are set.</summary>
    ValueTask<Page<BookingRow>> IReadModels.ListBookingsAsync(Viewer viewer, BookingFilter filter, PageRequest page, CancellationToken cancellation) => ValueTask.FromResult(new Page<BookingRow>(
        [
            .. entities.Values.Select(state => state.State).OfType<EnvironmentTree>().SelectMany(tree => tree.Entries)
                .Where(entry => entry.PlanId is not null && entry.PlanId == filter.PlanId).Select(entry => EnvironmentRows.Of(entry, Now)),
        ],
        Next: null));

    ValueTask<Page<RefreshRow>> IReadModels.ListRefreshesAsync(Viewer viewer, RefreshFilter filter, PageRequest page, CancellationToken cancellation) => throw Unasked();

    ValueTask<Page<RefreshRunRow>> IReadModels.ListRefreshRunsAsync(Viewer viewer, RefreshRunFilter filter, PageRequest page, CancellationToken cancellation) => throw Unasked();

    ValueTask<CalendarSlice> IReadModels.ReadCalendarAsync(Viewer viewer, CalendarFilter filter, CalendarPlace? after, int limit, CancellationToken cancellation) => throw Unasked();

    ValueTask<ImmutableArray<MaintenanceRow>> IReadModels.ListMaintenanceAsync(Viewer viewer, CalendarFilter filter, CancellationToken cancellation) => throw Unasked();

    ValueTask<long> IReadModels.CalendarMarkAsync(WorkspaceId workspace, CancellationToken cancellation) => throw Unasked();

    ValueTask<long> IReadModels.CountPendingApprovalsAsync(CancellationToken cancellation) => throw Unasked();

    ValueTask<ImmutableArray<PlanId>> IReadModels.OpenPlansAsync(WorkspaceId workspace, CycleId cycle, CancellationToken cancellation) => throw Unasked();

    ValueTask<CycleId?> IReadModels.PresentCycleAsync(WorkspaceId workspace, CancellationToken cancellation) => throw Unasked();

    private static NotSupportedException Unasked() => new("A gate has no business with this list.");

    private ContentHash Put(ReadOnlyMemory<byte> bytes)
    {
        var hash = new ContentHash(Checksum.Of(bytes.Span));
        blobs[hash] = bytes;
        return hash;
    }
}
