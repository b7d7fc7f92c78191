using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Domain;
using Planning.Engine.InMemory;
using Planning.Engine.Timers;
using Planning.Testing;

namespace Planning.Engine.Tests.Timers;

public sealed class TimerSweeperTests : IDisposable
{
    private readonly FakeTime time = new();
    private readonly InMemoryTimerStore timers = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Handler handler = new();

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    private Task Run() => new TimerSweeper(timers, [handler], new TimerOptions(), time, NullLogger<TimerSweeper>.Instance).RunAsync(1, stop.Token);

    private ValueTask ScheduleAsync(string name, TimeSpan after) =>
        timers.ScheduleAsync(new DurableTimer(new WorkspaceId("acme"), name, "test", time.GetUtcNow() + after, "{}"u8.ToArray()), default);

    [Fact]
    public async Task A_timer_fires_when_it_is_due_and_not_before()
    {
        await ScheduleAsync("soon", TimeSpan.FromMilliseconds(500));
        _ = Run();
        await time.UntilWaitingAsync(1);
        Assert.Empty(handler.Fired);
        time.Advance(TimeSpan.FromMilliseconds(500));
        await Until.True(() => handler.Fired.Count == 1);
        await time.UntilWaitingAsync(1);
        Assert.Null(await timers.NextDueAsync(default));
    }

    [Fact]
    public async Task What_fell_due_while_nothing_ran_fires_at_the_start()
    {
        for (var i = 0; i < 1_200; i++)
            await ScheduleAsync($"t{i}", TimeSpan.FromSeconds(i % 7));
        time.Advance(TimeSpan.FromDays(2));
        _ = Run();
        await Until.True(() => handler.Fired.Count == 1_200);
        Assert.Equal(1_200, handler.Fired.Distinct().Count());
    }

    [Fact]
    public async Task A_timer_whose_firing_failed_comes_again()
    {
        handler.FailuresLeft = 1;
        await ScheduleAsync("stubborn", TimeSpan.Zero);
        _ = Run();
        await time.UntilWaitingAsync(1);
        Assert.Empty(handler.Fired);
        time.Advance(new TimerOptions().VisibleAgainAfter);
        await Until.True(() => handler.Fired.Count == 1);
    }

    [Fact]
    public async Task What_fired_before_the_sweeper_was_stopped_does_not_fire_again()
    {
        for (var i = 0; i < 100; i++)
            await ScheduleAsync($"t{i}", TimeSpan.Zero);
        handler.BeforeFire = fired =>
        {
            if (fired < 40)
                return;
            stop.Cancel();
            stop.Token.ThrowIfCancellationRequested();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(Run);

        var again = await timers.ClaimDueAsync(time.GetUtcNow() + new TimerOptions().VisibleAgainAfter, 100, TimeSpan.FromMinutes(1), 1, default);
        Assert.NotEmpty(again);
        Assert.Empty(again.Select(t => t.Name).Intersect(handler.Fired));
        Assert.Equal(100, again.Count + handler.Fired.Count);
    }

    private sealed class Handler : ITimerHandler
    {
        public Action<int> BeforeFire { get; set; } = _ => { };
        public string Kind => "test";
        public int FailuresLeft { get; set; }
        public ConcurrentQueue<string> Fired { get; } = new();

        public ValueTask FireAsync(DurableTimer timer, CancellationToken cancellation)
        {
            if (FailuresLeft-- > 0)
                throw new InvalidOperationException("not now");
            BeforeFire(Fired.Count);
            Fired.Enqueue(timer.Name);
            return ValueTask.CompletedTask;
        }
    }
}
