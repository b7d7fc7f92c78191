using Planning.Testing;

namespace Planning.Grains.Tests;

/// <summary>How often a call is made while silos are lost.</summary>
public sealed class SiloCallsTests : IDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTime time = new();
    private readonly SiloLosses losses;
    private readonly List<TaskCompletionSource<string>> calls = [];
    private readonly SemaphoreSlim made = new(0);

    public SiloCallsTests() => losses = new SiloLosses(Settled, time);

    public void Dispose()
    {
        losses.Dispose();
        made.Dispose();
    }

    [Fact]
    public async Task A_call_that_went_again_through_a_silo_that_did_not_know_of_the_loss_is_made_once_more()
    {
        var answer = Call();
        await MadeAsync();
        losses.Tell();
        await MadeAsync();

        time.Advance(Settled - TimeSpan.FromTicks(1));
        Assert.Equal(2, calls.Count);
        time.Advance(TimeSpan.FromTicks(1));
        await MadeAsync();
        calls[2].SetResult("done");

        Assert.Equal("done", await answer.WaitAsync(Patience));
        Assert.Equal(3, calls.Count);
    }

    [Fact]
    public async Task The_last_of_several_losses_is_the_one_that_settles()
    {
        var answer = Call();
        await MadeAsync();
        losses.Tell();
        await MadeAsync();
        time.Advance(Settled / 2);
        losses.Tell();
        await MadeAsync();

        time.Advance(Settled / 2);
        Assert.Equal(3, calls.Count);
        time.Advance(Settled / 2);
        await MadeAsync();
        calls[3].SetResult("done");

        Assert.Equal("done", await answer.WaitAsync(Patience));
    }

    [Fact]
    public async Task All_tries_together_have_the_time_of_one_call()
    {
        var answer = Call();
        await MadeAsync();
        losses.Tell();
        await MadeAsync();
        time.Advance(Settled);
        await MadeAsync();
        await time.UntilWaitingAsync();

        time.Advance(CallTimeout - Settled);

        await Assert.ThrowsAsync<TimeoutException>(() => answer.WaitAsync(Patience));
    }

    private Task<string> Call() => new SiloCalls(CallTimeout, losses, time).MakeAsync(
        () =>
        {
            var call = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            calls.Add(call);
            made.Release();
            return new ValueTask<string>(call.Task);
        },
        default);

    private async Task MadeAsync() => Assert.True(await made.WaitAsync(Patience));
}
