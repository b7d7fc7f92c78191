using Planning.Domain;
using Planning.Engine.Log;

namespace Planning.Engine.Workspaces;

/// <summary>
/// Follows one workspace's history with a fold, from a stream where that connects and from the log where it does not. What
/// a stream loses, repeats or turns round does no harm: events are applied once, in the order of the log.
/// </summary>
public sealed class WorkspaceFollower<TFold>(WorkspaceId workspace, IEventLog log, Func<TFold> begin, Action<TFold, StoredEvent> apply, TimeProvider time)
    where TFold : class
{
    /// <summary>Events read at once.</summary>
    private const int PageSize = 2_000;

    private readonly Lock gate = new();
    private readonly FollowerCount count = new(time);
    private TFold fold = begin();
    private string? epoch;
    private Task reading = Task.CompletedTask;
    private bool caughtUp;

    public WorkspaceId Workspace => workspace;

    /// <summary>Of the last event that was applied.</summary>
    public long Position { get; private set; }

    /// <summary>Whether it has read the log to its end once; from then on a stream may bring the rest.</summary>
    public bool IsCaughtUp => Volatile.Read(ref caughtUp);

    public FollowerStatus Status
    {
        get
        {
            lock (gate)
                return count.Status(Position, caughtUp);
        }
    }

    /// <summary>Applies what a stream brings.</summary>
    /// <returns>False when events before these are missing: read the log.</returns>
    public bool Offer(WorkspaceEvents events)
    {
        lock (gate)
        {
            if (!caughtUp || epoch != events.Epoch || log.Epoch != epoch)
                return false;
            if (events.Last <= Position)
                return true;
            if (events.Previous is not { } previous || previous > Position)
                return false;
            Apply(events.Events, count.Streamed);
            return true;
        }
    }

    /// <summary>Reads the log until its end, one reader after the other. What was applied stays when it is cancelled.</summary>
    public Task CatchUpAsync(CancellationToken cancellation)
    {
        lock (gate)
            return reading = ReadAsync(reading, cancellation);
    }

    /// <summary>Looks at the fold while nothing changes it.</summary>
    public T Look<T>(Func<TFold, T> look)
    {
        lock (gate)
            return look(fold);
    }

    private async Task ReadAsync(Task before, CancellationToken cancellation)
    {
        await before.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        cancellation.ThrowIfCancellationRequested();
        Begin();
        for (var more = true; more;)
        {
            var page = await log.ReadWorkspaceAsync(workspace, Position, PageSize, cancellation);
            lock (gate)
            {
                Apply(page, caughtUp ? count.Read : count.Begun);
                // A page may be short because its events are large; only an empty one is the end.
                more = page.Count > 0;
                caughtUp |= !more;
            }
        }
    }

    /// <summary>In another epoch the log may have lost its tail: what was folded may never have happened.</summary>
    private void Begin()
    {
        lock (gate)
        {
            if (epoch == log.Epoch)
                return;
            (epoch, fold, Position, caughtUp) = (log.Epoch, begin(), 0, false);
            count.Restart();
        }
    }

    private void Apply(IReadOnlyList<StoredEvent> events, Action<StoredEvent> note)
    {
        foreach (var happened in events)
        {
            if (happened.Position <= Position)
                continue;
            apply(fold, happened);
            Position = happened.Position;
            note(happened);
        }
    }
}
