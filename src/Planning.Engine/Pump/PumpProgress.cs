using System.Collections.Concurrent;

namespace Planning.Engine.Pump;

/// <summary>
/// How far each consumer has come, and waiting for it. In the process that pumps it is known at once; the others look
/// at the stored positions while somebody waits.
/// </summary>
public sealed class PumpProgress(IEnumerable<string> consumers, IConsumerPositions stored, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(25);

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
            while (!await EndsAsync(waiter.Done.Task, cancellation))
            {
                // What was stored a moment ago may be behind what is known here.
                var elsewhere = await stored.LoadAsync(consumer, partition, cancellation);
                if (elsewhere > PositionOf(consumer, partition))
                    Reached(consumer, partition, elsewhere);
            }
        }
        finally
        {
            lock (gate)
                waiters.Remove(waiter);
        }
    }

    private async Task<bool> EndsAsync(Task done, CancellationToken cancellation)
    {
        try
        {
            await done.WaitAsync(LookAgain, time, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private sealed record Waiter(string Consumer, int Partition, long Position, TaskCompletionSource Done);
}
