using Microsoft.Extensions.Logging;

namespace Planning.Postgres.Log;

/// <summary>
/// The one writer of a partition in this process: while a batch is being committed the next one gathers.
/// </summary>
internal sealed class PartitionWriter : IAsyncDisposable
{
    private readonly AppendQueue queue;
    private readonly BatchCommitter committer;
    private readonly Task running;

    public PartitionWriter(PlanningDatabase database, int partition, EventLogOptions options, CommitSignal signal, TimeProvider time, ILogger logger)
    {
        queue = new AppendQueue(options);
        committer = new BatchCommitter(database, partition, options, signal, time, logger);
        running = Task.Run(WriteAsync);
    }

    /// <summary>False when the queue is full or closed.</summary>
    public bool TryAdd(PendingAppend item) => queue.TryAdd(item);

    /// <summary>Writes what is queued, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Close();
        await running;
        await committer.DisposeAsync();
    }

    private async Task WriteAsync()
    {
        var batch = new List<PendingAppend>();
        while (await queue.WaitAsync())
        {
            batch.Clear();
            queue.Take(batch);
            using (CommitSpan.Begin(batch))
                await committer.CommitAsync(batch);
        }
    }
}
