using System.Diagnostics;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Engine.Entities;
using Planning.Engine.Log;
using Planning.Engine.Reads;

namespace Planning.Postgres.Reads;

/// <summary>
/// Folds the events of a batch on what is known of their entities, and says which rows change by that.
/// An event that cannot be read or folded is set aside, and its entity stays as it was before it.
/// </summary>
internal sealed class BatchFold(TrackedEntities memory, IEventLog log, ReadModelOptions options)
{
    private readonly Dictionary<EntityKey, Tracked> now = [];
    private readonly Dictionary<EntityKey, (StoredEvent Event, EntityFold Fold)> lasts = [];
    private readonly List<RowChange> started = [];
    private readonly List<RowChange> ended = [];
    private readonly List<RowChange> ran = [];
    private readonly EnvironmentChanges environments = new();

    /// <summary>Entities as they are after the batch.</summary>
    public IReadOnlyDictionary<EntityKey, Tracked> Now => now;

    public List<(StoredEvent Event, Exception Why)> Poison { get; } = [];

    /// <returns>Runs that started, then entities, then runs that ended: any beginning of the list can be written without the rest.</returns>
    public async Task<IReadOnlyList<RowChange>> ApplyAsync(IReadOnlyList<StoredEvent> events, CancellationToken cancellation)
    {
        await RecallAsync(events, cancellation);
        foreach (var stored in events)
        {
            if (stored.Entity.Kind is EntityKind.GateRun || IsFolded(stored.Entity.Kind))
                Apply(stored);
        }
        return [.. started, .. lasts.Values.Select(ChangeOf), .. environments.All, .. ran, .. ended];
    }

    private static bool IsFolded(EntityKind kind) => kind is EntityKind.Plan or EntityKind.Manifest or EntityKind.Cycle or EntityKind.EnvironmentTree or EntityKind.Refresh;

    private void Apply(StoredEvent stored)
    {
        try
        {
            var happened = EventCodec.Decode(stored);
            if (happened is GateRunEvent end)
            {
                var (outcome, findings) = ReadRows.EndOf(end);
                ended.Add(new RowChange.GateRunEnded(stored, outcome, findings));
                return;
            }
            if (happened is PlanEvent.GateStarted start)
                started.Add(new RowChange.GateRunStarted(stored, ReadRows.OfGateRun(stored, start)));
            var before = now[stored.Entity];
            if (ReferenceEquals(before, Tracked.Stuck))
                return;
            var fold = EntityFold.Next(before.Fold, stored, happened);
            now[stored.Entity] = before with { Fold = fold, Bytes = before.Bytes + stored.Data.Length };
            if (happened is EnvironmentEvent change)
            {
                environments.Add(stored, change, (EnvironmentTree?)before.Fold?.State ?? EnvironmentTree.None, (EnvironmentTree)fold.State);
                return;
            }
            if (RefreshRows.RunOf(fold, happened) is { } run)
                ran.Add(new RowChange.RefreshRan(stored, run));
            lasts[stored.Entity] = (stored, fold);
        }
        // Decoding and folding are pure: whatever they throw is about this event and comes again with it.
        catch (Exception why)
        {
            Poison.Add((stored, why));
            if (now.ContainsKey(stored.Entity))
                now[stored.Entity] = Tracked.Stuck;
        }
    }

    private RowChange ChangeOf((StoredEvent Event, EntityFold Fold) last)
    {
        var (stored, fold) = last;
        switch (stored.Entity.Kind)
        {
            case EntityKind.Plan:
                var row = ReadRows.OfPlan(fold);
                var before = now[stored.Entity];
                if (!ReferenceEquals(before, Tracked.Stuck))
                    now[stored.Entity] = before with { Written = row };
                return new RowChange.OfPlan(stored, row, before.Written, fold);
            case EntityKind.Manifest:
                return new RowChange.OfManifest(stored, ReadRows.OfManifest(fold), fold);
            case EntityKind.Cycle:
                return new RowChange.OfCycle(stored, ReadRows.OfCycle(fold), fold);
            case EntityKind.Refresh:
                return new RowChange.OfRefresh(stored, RefreshRows.Of(fold), fold);
            default:
                throw new UnreachableException($"{stored.Entity.Kind} is not folded.");
        }
    }

    /// <summary>Every folded entity of the batch as it was before it: from memory, or else from its history.</summary>
    private async Task RecallAsync(IReadOnlyList<StoredEvent> events, CancellationToken cancellation)
    {
        var unknown = new List<StoredEvent>();
        foreach (var first in events)
        {
            if (!IsFolded(first.Entity.Kind) || now.ContainsKey(first.Entity))
                continue;
            var known = memory.Find(first.Entity);
            if (known is not null && (known.ComesBefore(first.Version) || ReferenceEquals(known, Tracked.Stuck)))
                now[first.Entity] = known;
            else if (first.Version == 1)
                now[first.Entity] = Tracked.Nothing;
            else
                unknown.Add(first);
            now.TryAdd(first.Entity, Tracked.Nothing);
        }
        if (unknown.Count == 0)
            return;
        var found = new Tracked[unknown.Count];
        await Parallel.ForAsync(0, found.Length, new ParallelOptions { MaxDegreeOfParallelism = options.MaxConcurrentLoads, CancellationToken = cancellation },
            async (i, stop) => found[i] = Recall(await log.ReadEntityAsync(unknown[i].Entity, afterVersion: 0, stop), unknown[i].Version));
        for (var i = 0; i < found.Length; i++)
            now[unknown[i].Entity] = found[i];
    }

    private static Tracked Recall(IReadOnlyList<StoredEvent> history, long beforeVersion)
    {
        EntityFold? fold = null;
        var bytes = 0L;
        foreach (var stored in history.TakeWhile(e => e.Version < beforeVersion))
        {
            try
            {
                fold = EntityFold.Next(fold, stored, EventCodec.Decode(stored));
            }
            // It was parked when its batch came; the entity still waits behind it.
            catch (Exception)
            {
                return Tracked.Stuck;
            }
            bytes += stored.Data.Length;
        }
        return new Tracked(fold, Written: null, bytes);
    }
}
