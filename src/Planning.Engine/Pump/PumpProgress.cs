using System.Collections.Concurrent;

namespace Planning.Engine.Pump;

/// <summary>How far each consumer has come in this process, and waiting for it.</summary>
public sealed class PumpProgress(IEnumerable<string> consumers)
{
    private readonly ConcurrentDictionary<(string Consumer, int Partition), long> positions = new();
    private readonly Lock gate = new();
    private readonly List<Waiter> waiters = [];

    public IReadOnlyList<string> Consumers { get; } = [.. consumers];

    public long PositionOf(string consumer, int partition) => positions.GetValueOrDefault((consumer, partition));

    internal void Reached(string consumer, int partition, long position)
    {
        positions[(consumer, partition)] = position;
        lock (gate)
        {
            for (var i = waiters.Count - 1; i >= 0; i--)
            {
                var w = waiters[i];
                if (w.Consumer != consumer || w.Partition != partition || w.Position > position)
                    continue;
                waiters.RemoveAt(i);
                w.Done.TrySetResult();
            }
        }
    }

    /// <summary>Ends when the consumer has applied everything up to the position.</summary>
    public async Task WaitAsync(string consumer, int partition, long position, CancellationToken cancellation)
    {
        var waiter = new Waiter(consumer, partition, position, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (gate)
        {
            if (PositionOf(consumer, partition) >= position)
                return;
            waiters.Add(waiter);
        }
        try
        {
            await waiter.Done.Task.WaitAsync(cancellation);
        }
        finally
        {
            lock (gate)
                waiters.Remove(waiter);
        }
    }

    private sealed record Waiter(string Consumer, int Partition, long Position, TaskCompletionSource Done);
}
