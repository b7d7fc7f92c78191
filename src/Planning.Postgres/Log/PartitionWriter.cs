using Microsoft.Extensions.Logging;

namespace Planning.Postgres.Log;

/// <summary>
/// The one writer of a partition in this process: while a batch is being committed the next one gathers.
/// </summary>
internal sealed class PartitionWriter : IAsyncDisposable
{
    private readonly AppendQueue _queue;
    private readonly BatchCommitter _committer;
    private readonly Task _running;

    public PartitionWriter(PlanningDatabase database, int partition, EventLogOptions options, CommitSignal signal, TimeProvider time, ILogger logger)
    {
        _queue = new AppendQueue(options);
        _committer = new BatchCommitter(database, partition, options, signal, time, logger);
        _running = Task.Run(WriteAsync);
    }

    /// <summary>False when the queue is full or closed.</summary>
    public bool TryAdd(PendingAppend item) => _queue.TryAdd(item);

    /// <summary>Writes what is queued, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _running;
        await _committer.DisposeAsync();
    }

    private async Task WriteAsync()
    {
        var batch = new List<PendingAppend>();
        while (await _queue.WaitAsync())
        {
            batch.Clear();
            _queue.Take(batch);
            await _committer.CommitAsync(batch);
            foreach (var item in batch)
                _queue.Done(item);
        }
    }
}
