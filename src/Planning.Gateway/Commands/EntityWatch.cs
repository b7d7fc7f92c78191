using System.Collections.Concurrent;
using Planning.Domain;
using Planning.Engine.Entities;
using Planning.Engine.Log;

namespace Planning.Gateway.Commands;

/// <summary>
/// Waits in the gateway, never in an entity's turn, until an entity is as a caller wants it: woken by commits of this
/// process, and by looking now and then for those of others.
/// </summary>
internal sealed class EntityWatch : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<EntityKey, TaskCompletionSource> waiting = new();
    private readonly IEventLog log;
    private readonly IEntityHost host;
    private readonly TimeProvider time;

    public EntityWatch(IEventLog log, IEntityHost host, TimeProvider time)
    {
        (this.log, this.host, this.time) = (log, host, time);
        log.EventsCommitted += OnCommitted;
    }

    /// <summary>False when time ran out first. A wait of zero looks once.</summary>
    public async Task<bool> WaitAsync(EntityKey entity, Func<object, bool> until, TimeSpan wait, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            // First the signal, then the look: a commit between the two is not missed.
            var signal = waiting.GetOrAdd(entity, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            try
            {
                if (until((await host.ReadAsync(entity, cancellation)).State))
                    return true;
                var left = wait - time.GetElapsedTime(started);
                if (left <= TimeSpan.Zero)
                    return false;
                await AnyAsync(signal.Task, left < LookAgain ? left : LookAgain, cancellation);
            }
            finally
            {
                // Nothing stays behind for an entity that never changes; others who wait for it look once more.
                if (waiting.TryRemove(KeyValuePair.Create(entity, signal)))
                    signal.TrySetResult();
            }
        }
    }

    public void Dispose() => log.EventsCommitted -= OnCommitted;

    private async Task AnyAsync(Task signal, TimeSpan atMost, CancellationToken cancellation)
    {
        try
        {
            await signal.WaitAsync(atMost, time, cancellation);
        }
        catch (TimeoutException)
        {
            // Another process may have written; look.
        }
    }

    private void OnCommitted(Committed committed)
    {
        if (waiting.IsEmpty)
            return;
        if (committed.Events.Count == 0)
        {
            foreach (var entity in waiting.Keys)
                Wake(entity);
            return;
        }
        foreach (var e in committed.Events)
            Wake(e.Entity);
    }

    private void Wake(EntityKey entity)
    {
        if (waiting.TryRemove(entity, out var signal))
            signal.TrySetResult();
    }
}
