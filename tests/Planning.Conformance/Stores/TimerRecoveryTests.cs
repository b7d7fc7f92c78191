using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Conformance.Harness;
using Planning.Domain;
using Planning.Engine.Timers;
using Planning.Postgres.Leases;
using Planning.Postgres.Timers;
using Xunit;
using Xunit.Abstractions;

namespace Planning.Conformance.Stores;

/// <summary>Timers that fell due while nothing ran.</summary>
public sealed class TimerRecoveryTests(ITestOutputHelper output)
{
    private const int Timers = 10_000;
    private const string Kind = "reminder";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Ten_thousand_of_them_fire_soon_after_the_recovery_and_each_once()
    {
        await using var database = await MigratedDatabase.CreateAsync();
        var store = new PostgresTimerStore(database.Pools);
        var overdue = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1);
        await Parallel.ForAsync(0, Timers, async (i, stop) =>
            await store.ScheduleAsync(new DurableTimer(new WorkspaceId($"wsp_{i % 7}"), $"{Kind}/{i}", Kind, overdue, "{}"u8.ToArray()), stop));
        var lease = new PostgresLease(database.Pools, new LeaseOptions(), TimeProvider.System, NullLogger<PostgresLease>.Instance);
        var held = await lease.AcquireAsync("test", default);
        var handler = new Counter();
        using var stop = new CancellationTokenSource();

        var started = Stopwatch.GetTimestamp();
        var sweeping = new TimerSweeper(store, [handler], new TimerOptions(), TimeProvider.System, NullLogger<TimerSweeper>.Instance).RunAsync(held.Epoch, stop.Token);
        await handler.All.Task.WaitAsync(Limit * 3);
        var took = Stopwatch.GetElapsedTime(started);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sweeping);
        await held.ReleaseAsync();

        output.WriteLine($"{Timers} timers in {took.TotalSeconds:0.0} s");
        Assert.All(handler.Fired, fired => Assert.Equal(1, fired.Value));
        Assert.InRange(took, TimeSpan.Zero, Limit);
    }

    private sealed class Counter : ITimerHandler
    {
        public ConcurrentDictionary<(WorkspaceId, string), int> Fired { get; } = new();

        public TaskCompletionSource All { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Kind => TimerRecoveryTests.Kind;

        public ValueTask FireAsync(DurableTimer timer, CancellationToken cancellation)
        {
            Fired.AddOrUpdate((timer.Workspace, timer.Name), 1, (_, times) => times + 1);
            if (Fired.Count == Timers)
                All.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }
}
