namespace Planning.Testing;

/// <summary>
/// A clock that stands still until it is moved. Timers fire inside <see cref="Advance"/>, on its caller's thread,
/// in the order they are due, and see the time they are due at. One owner moves the clock.
/// </summary>
public sealed class FakeTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _pending = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
    private DateTimeOffset _now = start.ToUniversalTime();
    private long _sequence;

    /// <summary>Begins on a fixed day, 2026-01-05 08:00 UTC, a Monday.</summary>
    public FakeTime()
        : this(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Timers that are set and have not fired.</summary>
    public int PendingTimers
    {
        get
        {
            lock (_gate)
                return _pending.Count;
        }
    }

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Moves the clock forward and fires what becomes due on the way, also what is set on the way.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var until = GetUtcNow() + by;
        while (TakeDue(until) is { } timer)
            timer.Fire();
        lock (_gate)
            _now = until;
    }

    /// <summary>Completes once that many timers are set: the code under test has come to its wait, and the clock may be moved.</summary>
    public Task UntilWaitingAsync(int timers = 1)
    {
        lock (_gate)
        {
            if (_pending.Count >= timers)
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((timers, reached));
            return reached.Task;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new FakeTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    internal void Set(FakeTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _pending.Remove(timer);
            timer.Period = period;
            if (dueTime == Timeout.InfiniteTimeSpan)
                return;
            (timer.Due, timer.Sequence) = (_now + dueTime, _sequence++);
            _pending.Add(timer);
            foreach (var (_, reached) in _waiting.Where(wait => wait.Count <= _pending.Count))
                reached.TrySetResult();
            _waiting.RemoveAll(wait => wait.Count <= _pending.Count);
        }
        // As with the real clock, what is due at once fires at once, but never inside the call that sets it.
        if (dueTime == TimeSpan.Zero)
            ThreadPool.QueueUserWorkItem(_ => FireIfStillDue(timer));
    }

    internal void Remove(FakeTimer timer)
    {
        lock (_gate)
            _pending.Remove(timer);
    }

    private void FireIfStillDue(FakeTimer timer)
    {
        lock (_gate)
        {
            if (!_pending.Contains(timer) || timer.Due > _now)
                return;
            Reschedule(timer);
        }
        timer.Fire();
    }

    private FakeTimer? TakeDue(DateTimeOffset until)
    {
        lock (_gate)
        {
            var next = _pending.Where(timer => timer.Due <= until).OrderBy(timer => timer.Due).ThenBy(timer => timer.Sequence).FirstOrDefault();
            if (next is null)
                return null;
            if (next.Due > _now)
                _now = next.Due;
            Reschedule(next);
            return next;
        }
    }

    private void Reschedule(FakeTimer timer)
    {
        _pending.Remove(timer);
        if (timer.Period == Timeout.InfiniteTimeSpan || timer.Period == TimeSpan.Zero)
            return;
        (timer.Due, timer.Sequence) = (timer.Due + timer.Period, _sequence++);
        _pending.Add(timer);
    }
}

internal sealed class FakeTimer(FakeTime time, Action callback) : ITimer
{
    public DateTimeOffset Due { get; set; }

    public TimeSpan Period { get; set; }

    public long Sequence { get; set; }

    public void Fire() => callback();

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        time.Set(this, dueTime, period);
        return true;
    }

    public void Dispose() => time.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
