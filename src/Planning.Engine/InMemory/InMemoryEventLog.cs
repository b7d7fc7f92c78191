using Planning.Domain;
using Planning.Engine.Log;

namespace Planning.Engine.InMemory;

/// <summary>
/// The log as a list: what every implementation must do, in the fewest lines. Read this before writing another one.
/// <list type="bullet">
/// <item>Positions are handed out under one lock, so they have no holes and appear in commit order.</item>
/// <item>The version check is the only guard against two writers; it compares what is there with what the caller expects.</item>
/// <item>Subscribers hear of a commit before the caller does, and never inside the lock.</item>
/// </list>
/// </summary>
public sealed class InMemoryEventLog : IEventLog
{
    private readonly Lock gate = new();
    private readonly List<StoredEvent> events = [];
    private readonly Dictionary<EntityKey, List<StoredEvent>> byEntity = [];

    public event Action<string>? EpochChanged;

    public event Action<Committed>? EventsCommitted;

    public int PartitionCount => 1;

    public string Epoch { get; private set; } = "memory-1";

    public int PartitionOf(WorkspaceId workspace) => 0;

    public ValueTask<AppendOutcome> AppendAsync(Append append, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (AppendCheck.Problem(append, AppendLimits.Default) is { } problem)
            return new(new AppendOutcome.InvalidData(problem));
        if (append.Epoch is { } epoch && epoch != Epoch)
            return new(AppendOutcome.Conflict.Instance);

        var written = new List<StoredEvent>(append.Events.Count);
        lock (gate)
        {
            if (!byEntity.TryGetValue(append.Entity, out var history))
                byEntity[append.Entity] = history = [];
            if (history.Count != append.ExpectedVersion)
                return new(AppendOutcome.Conflict.Instance);
            for (var i = 0; i < append.Events.Count; i++)
            {
                var stored = StoredEvent.Of(append, i, partition: 0, position: events.Count + 1);
                events.Add(stored);
                history.Add(stored);
                written.Add(stored);
            }
        }
        foreach (var subscriber in Delegate.EnumerateInvocationList(EventsCommitted))
        {
            try
            {
                subscriber(new Committed(0, written));
            }
            catch (Exception)
            {
                // The commit stands. Whoever failed to hear of it finds the events when it reads the log.
            }
        }
        return new(new AppendOutcome.Committed(written[^1].Position));
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadEntityAsync(EntityKey entity, long afterVersion, CancellationToken cancellation)
    {
        lock (gate)
            return new(byEntity.TryGetValue(entity, out var history) ? [.. history.Skip((int)afterVersion)] : []);
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(int partition, long afterPosition, int maxEvents, CancellationToken cancellation)
    {
        lock (gate)
            return new([.. events.Skip((int)afterPosition).Take(maxEvents)]);
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadWorkspaceAsync(WorkspaceId workspace, long afterPosition, int maxEvents, CancellationToken cancellation)
    {
        lock (gate)
            return new([.. events.Skip((int)afterPosition).Where(e => e.Entity.Workspace == workspace).Take(maxEvents)]);
    }

    public ValueTask<long> HeadAsync(int partition, CancellationToken cancellation)
    {
        lock (gate)
            return new(events.Count);
    }

    /// <summary>As after a failover: cursors of the old epoch are void, and cells read anew.</summary>
    public void ChangeEpoch(string epoch)
    {
        Epoch = epoch;
        EpochChanged?.Invoke(epoch);
    }
}
