using System.Collections.Concurrent;
using Planning.Domain;
using Planning.Engine.InMemory;
using Planning.Engine.Log;

namespace Planning.Grains.Tests;

/// <summary>A log in memory that tells which commands met a conflict, and that can be made to keep appends waiting.</summary>
internal sealed class HeldLog : IEventLog
{
    private readonly InMemoryEventLog log = new();
    private readonly ConcurrentQueue<string> conflicts = new();
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task held = Task.CompletedTask;

    public event Action<string>? EpochChanged
    {
        add => log.EpochChanged += value;
        remove => log.EpochChanged -= value;
    }

    public event Action<Committed>? EventsCommitted
    {
        add => log.EventsCommitted += value;
        remove => log.EventsCommitted -= value;
    }

    /// <summary>Command ids, in order.</summary>
    public IReadOnlyCollection<string> Conflicts => conflicts;

    /// <summary>Ends when an append waits.</summary>
    public Task Reached => reached.Task;

    public int PartitionCount => log.PartitionCount;

    public string Epoch => log.Epoch;

    /// <summary>Appends from now on wait until <paramref name="until"/> has ended.</summary>
    public void Hold(Task until) => held = until;

    public async ValueTask<AppendOutcome> AppendAsync(Append append, CancellationToken cancellation)
    {
        if (!held.IsCompleted)
            reached.TrySetResult();
        await held;
        var outcome = await log.AppendAsync(append, CancellationToken.None);
        if (outcome is AppendOutcome.Conflict)
            conflicts.Enqueue(append.CommandId);
        return outcome;
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadEntityAsync(EntityKey entity, long afterVersion, CancellationToken cancellation) =>
        log.ReadEntityAsync(entity, afterVersion, cancellation);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(int partition, long afterPosition, int maxEvents, CancellationToken cancellation) =>
        log.ReadAsync(partition, afterPosition, maxEvents, cancellation);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadWorkspaceAsync(WorkspaceId workspace, long afterPosition, int maxEvents, CancellationToken cancellation) =>
        log.ReadWorkspaceAsync(workspace, afterPosition, maxEvents, cancellation);

    public ValueTask<long> HeadAsync(int partition, CancellationToken cancellation) => log.HeadAsync(partition, cancellation);

    public int PartitionOf(WorkspaceId workspace) => log.PartitionOf(workspace);
}
