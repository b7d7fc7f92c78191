using System.Collections.Concurrent;
using Planning.Domain;
using Planning.Engine.Entities;

namespace Planning.InProcess;

/// <summary>Host 1: every entity that is in use has a mailbox in this process.</summary>
public sealed class InProcessHost(InProcessOptions options, Func<CellServices> services, TimeProvider time) : IEntityHost
{
    private readonly ConcurrentDictionary<EntityKey, Mailbox> mailboxes = new();

    /// <summary>Entities in memory now.</summary>
    public int Count => mailboxes.Count;

    public ValueTask<Answer> SendAsync(CommandRequest request, CancellationToken cancellation) =>
        RunAsync(request.Entity, cell => cell.HandleAsync(request, cancellation), cancellation);

    public ValueTask<EntityState> ReadAsync(EntityKey entity, CancellationToken cancellation) =>
        RunAsync(entity, cell => cell.ReadAsync(cancellation), cancellation);

    /// <summary>Takes idle entities out of memory until cancelled.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(options.SweepInterval, time);
        while (await timer.WaitForNextTickAsync(cancellation))
            Sweep();
    }

    /// <summary>Idle entities leave; then the least recently used, until count and bytes are in bounds.</summary>
    public void Sweep()
    {
        var now = time.GetTimestamp();
        var idle = mailboxes.OrderBy(m => m.Value.LastUsed).ToArray();
        var count = idle.Length;
        var bytes = idle.Sum(m => m.Value.Cell.ApproximateBytes);
        foreach (var (entity, mailbox) in idle)
        {
            var withinBounds = count <= options.MaxEntities && bytes <= options.MaxBytes;
            if (withinBounds && time.GetElapsedTime(mailbox.LastUsed, now) < options.IdleTimeout)
                return;
            if (!mailbox.TryRetire())
                continue;
            mailboxes.TryRemove(new KeyValuePair<EntityKey, Mailbox>(entity, mailbox));
            count--;
            bytes -= mailbox.Cell.ApproximateBytes;
            mailbox.Dispose();
        }
    }

    private async ValueTask<T> RunAsync<T>(EntityKey entity, Func<IEntityCell, ValueTask<T>> work, CancellationToken cancellation)
    {
        var mailbox = Enter(entity);
        try
        {
            return await mailbox.RunAsync(work, time.GetTimestamp(), cancellation);
        }
        finally
        {
            mailbox.Leave();
        }
    }

    private Mailbox Enter(EntityKey entity)
    {
        while (true)
        {
            var mailbox = mailboxes.GetOrAdd(entity, static (key, host) => host.Open(key), this);
            if (mailbox.TryEnter())
                return mailbox;
            mailboxes.TryRemove(new KeyValuePair<EntityKey, Mailbox>(entity, mailbox));
        }
    }

    private Mailbox Open(EntityKey entity) => new(EntityKinds.CellFor(entity, services()));
}
