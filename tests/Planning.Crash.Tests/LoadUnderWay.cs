using Planning.Crash.Tests.Support;

namespace Planning.Crash.Tests;

/// <summary>Clients at work, and how fast they get answers.</summary>
internal sealed class LoadUnderWay
{
    private readonly CancellationTokenSource enough = new();
    private readonly TimeProvider time = TimeProvider.System;
    private readonly Recorder recorder;
    private readonly Task work;
    private readonly int answeredBefore;
    private (long At, int Answered) timed;

    public LoadUnderWay(Recorder recorder, Func<CancellationToken, Task> work)
    {
        this.recorder = recorder;
        answeredBefore = recorder.Answered;
        this.work = work(enough.Token);
    }

    /// <summary>Commands that were answered since the load began.</summary>
    public int Answered => recorder.Answered - answeredBefore;

    /// <summary>Brings the server up to speed and keeps it there for a while; it goes on when this ends.</summary>
    public async Task ReachFullSpeedAsync()
    {
        await ReachedAsync(Scale.WarmUp);
        timed = (time.GetTimestamp(), Answered);
        await ReachedAsync(Scale.WarmUp + Scale.CommandsBeforeArming);
    }

    /// <summary>For people: how fast it was from the end of the warming up until now.</summary>
    public string Told() =>
        $"{Answered} commands, at {(Answered - timed.Answered) / time.GetElapsedTime(timed.At).TotalSeconds:0} commands/s (meant are {Scale.MeantPerSecond})";

    public async Task ReachedAsync(int answers)
    {
        using var limit = new CancellationTokenSource(Scale.Patience);
        while (Answered < answers && !work.IsCompleted)
            await Task.Delay(Scale.LookAgain, time, limit.Token);
        if (work.IsCompleted)
            await work;
    }

    /// <summary>No new commands; ends when every one that was sent has its answer.</summary>
    public async Task EndAsync()
    {
        await enough.CancelAsync();
        await work;
        enough.Dispose();
    }
}
