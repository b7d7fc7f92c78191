using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Engine.InMemory;
using Planning.Engine.Leases;
using Planning.Engine.Log;
using Planning.Engine.Pump;

namespace Planning.Engine.Tests.Pump;

public sealed class EventPumpTests : IDisposable
{
    private readonly TestHost test = new();
    private readonly CancellationTokenSource stop = new();

    public void Dispose() => stop.Dispose();

    private EventPump Pump(params IEventConsumer[] consumers) => new(
        test.Log, consumers, new RecentEvents(test.Log, new RecentOptions(), TimeProvider.System), new InMemoryConsumerPositions(), new PumpOptions { MaxBatch = 3, PollInterval = TimeSpan.FromMilliseconds(20), Backoff = TimeSpan.FromMilliseconds(1) },
        TimeProvider.System, NullLogger<EventPump>.Instance);

    private async Task AppendAsync(int from, int to)
    {
        for (var i = from; i <= to; i++)
            await test.AcceptAsync(TestHost.Create($"pln_{i}"));
    }

    [Fact]
    public async Task Every_event_arrives_once_and_in_order_those_before_the_start_included()
    {
        var consumer = new Recorder();
        await AppendAsync(1, 5);
        var pump = Pump(consumer);
        var running = pump.RunAsync(1, stop.Token);
        await AppendAsync(6, 10);
        await pump.Progress.WaitAsync("recorder", 0, 10, default).WaitAsync(Until.Limit);
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), consumer.Seen);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_batch_that_failed_comes_again_and_the_neighbour_goes_on()
    {
        var failing = new Recorder { FailuresLeft = 3 };
        var other = new Recorder { Name = "other" };
        var pump = Pump(failing, other);
        _ = pump.RunAsync(1, stop.Token);
        await AppendAsync(1, 4);
        await Task.WhenAll(pump.Progress.WaitAsync("recorder", 0, 4, default), pump.Progress.WaitAsync("other", 0, 4, default)).WaitAsync(Until.Limit);
        Assert.Equal([1, 2, 3, 4], failing.Seen);
        Assert.Equal([1, 2, 3, 4], other.Seen);
        Assert.Equal(0, failing.FailuresLeft);
        await stop.CancelAsync();
    }

    [Fact]
    public async Task A_consumer_that_cannot_take_so_many_at_once_is_given_fewer_until_it_has_caught_up()
    {
        var slow = new Recorder { MostTaken = 1 };
        await AppendAsync(1, 9);
        var pump = Pump(slow);
        _ = pump.RunAsync(1, stop.Token);
        await pump.Progress.WaitAsync("recorder", 0, 9, default).WaitAsync(Until.Limit);
        Assert.Equal(Enumerable.Range(1, 9).Select(i => (long)i), slow.Seen);
        await stop.CancelAsync();
    }

    [Fact]
    public async Task A_consumer_that_lost_the_lease_ends_the_whole_run()
    {
        var pump = Pump(new Recorder { LeaseLost = true }, new Recorder { Name = "other" });
        var running = pump.RunAsync(1, stop.Token);
        await AppendAsync(1, 1);
        await Assert.ThrowsAsync<LeaseLostException>(() => running.WaitAsync(Until.Limit));
    }

    [Fact]
    public async Task What_breaks_because_it_is_told_to_stop_is_no_error()
    {
        var (logger, consumer) = (new Lines<EventPump>(), new Interrupted());
        using var recent = new RecentEvents(test.Log, new RecentOptions(), TimeProvider.System);
        var pump = new EventPump(test.Log, [consumer], recent, new InMemoryConsumerPositions(), new PumpOptions(), TimeProvider.System, logger);
        await AppendAsync(1, 1);
        var running = pump.RunAsync(1, stop.Token);
        await consumer.Begun.WaitAsync(Until.Limit);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Until.Limit));
        Assert.Empty(logger.Written);
    }

    [Fact]
    public async Task What_another_process_wrote_without_a_word_is_found_by_looking()
    {
        var silent = new SilentLog(test.Memory);
        var consumer = new Recorder();
        using var recent = new RecentEvents(silent, new RecentOptions(), TimeProvider.System);
        var pump = new EventPump(silent, [consumer], recent, new InMemoryConsumerPositions(), new PumpOptions { PollInterval = TimeSpan.FromMilliseconds(5) }, TimeProvider.System, NullLogger<EventPump>.Instance);
        _ = pump.RunAsync(1, stop.Token);
        await AppendAsync(1, 2);
        await pump.Progress.WaitAsync("recorder", 0, 2, default).WaitAsync(Until.Limit);
        Assert.Equal([1, 2], consumer.Seen);
        await stop.CancelAsync();
    }

    [Fact]
    public async Task Who_waits_in_a_process_that_does_not_pump_is_told_by_the_stored_position()
    {
        var positions = new InMemoryConsumerPositions();
        var progress = new PumpProgress(["recorder"], positions, TimeProvider.System);
        var waiting = progress.WaitAsync("recorder", 0, 7, stop.Token);

        Assert.True(await positions.AdvanceAsync("recorder", 0, 0, 6, 1, default));
        Assert.False(waiting.IsCompleted);
        Assert.True(await positions.AdvanceAsync("recorder", 0, 6, 8, 1, default));

        await waiting.WaitAsync(Until.Limit);
        Assert.Equal(8, progress.PositionOf("recorder", 0));
    }

    /// <summary>Like a connection that is closed under a statement.</summary>
    private sealed class Interrupted : IEventConsumer
    {
        private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "interrupted";

        public Task Begun => begun.Task;

        public ValueTask<long> PositionAsync(int partition, CancellationToken cancellation) => new(0);

        public async ValueTask HandleAsync(EventBatch batch, CancellationToken cancellation)
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new IOException("The connection is gone.");
        }
    }

    private sealed class Lines<T> : ILogger<T>
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Written { get; } = new();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Enqueue(formatter(state, exception));
    }

    private sealed class Recorder : IEventConsumer
    {
        private readonly List<long> seen = [];

        public string Name { get; init; } = "recorder";
        public int FailuresLeft { get; set; }
        public bool LeaseLost { get; init; }

        /// <summary>A larger batch takes longer than it may.</summary>
        public int MostTaken { get; init; } = int.MaxValue;

        public IReadOnlyList<long> Seen
        {
            get
            {
                lock (seen)
                    return [.. seen];
            }
        }

        public ValueTask<long> PositionAsync(int partition, CancellationToken cancellation)
        {
            lock (seen)
                return new(seen.LastOrDefault());
        }

        public ValueTask HandleAsync(EventBatch batch, CancellationToken cancellation)
        {
            if (batch.Events.Count > MostTaken)
                throw new TimeoutException("Too many at once.");
            if (LeaseLost)
                throw new LeaseLostException("taken over");
            if (FailuresLeft > 0 && batch.Last >= 2)
            {
                FailuresLeft--;
                throw new LogUnavailableException("away");
            }
            lock (seen)
                seen.AddRange(batch.Events.Select(e => e.Position));
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>A log whose commits are not heard of: another process makes them.</summary>
    private sealed class SilentLog(IEventLog log) : ForwardingLog(log)
    {
        public override event Action<Committed>? EventsCommitted { add { } remove { } }
    }
}
