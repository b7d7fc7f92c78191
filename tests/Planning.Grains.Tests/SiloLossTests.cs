using Planning.Engine.Entities;

namespace Planning.Grains.Tests;

/// <summary>Calls that are under way when a silo is lost.</summary>
public sealed class SiloLossTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HeldLog log = new();
    private readonly TaskCompletionSource free = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SiloLosses losses = new(Timeout.InfiniteTimeSpan, TimeProvider.System);
    private Side side = null!;

    public async Task InitializeAsync()
    {
        side = await Side.StartAsync(log);
        await side.AcceptAsync(Side.Create());
        log.Hold(free.Task);
    }

    public async Task DisposeAsync()
    {
        free.TrySetResult();
        await side.DisposeAsync();
        losses.Dispose();
    }

    [Fact]
    public async Task A_call_under_way_is_made_again_and_its_command_carried_out_once()
    {
        var time = new CountingTime();
        var answer = side.Cluster.HostWith(Patience, losses, time).SendAsync(Side.Retitle("Cards"), default).AsTask();
        await log.Reached.WaitAsync(Patience);

        losses.Tell();
        await time.TimersAsync(2).WaitAsync(Patience);
        free.SetResult();

        Assert.True(Assert.IsType<Answer.Accepted>(await answer).Repeated);
        Assert.Equal(2, await log.HeadAsync(0, default));
    }

    [Fact]
    public async Task A_call_that_is_not_answered_in_time_has_an_unknown_outcome_however_often_it_was_made()
    {
        var answer = side.Cluster.HostWith(TimeSpan.FromSeconds(1), losses, TimeProvider.System).SendAsync(Side.Retitle("Cards"), default).AsTask();
        await log.Reached.WaitAsync(Patience);
        losses.Tell();

        Assert.Equal("outcome_unknown", Assert.IsType<Answer.Rejected>(await answer.WaitAsync(Patience)).Rejection.Code);
    }

    /// <summary>Each try of a call has a timer.</summary>
    private sealed class CountingTime : TimeProvider
    {
        private readonly SemaphoreSlim timers = new(0);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            timers.Release();
            return base.CreateTimer(callback, state, dueTime, period);
        }

        public async Task TimersAsync(int count)
        {
            for (var i = 0; i < count; i++)
                await timers.WaitAsync();
        }
    }
}
