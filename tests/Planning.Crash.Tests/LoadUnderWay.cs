using Planning.Crash.Tests.Support;

namespace Planning.Crash.Tests;

/// <summary>Clients at work, and how fast they get answers.</summary>
internal sealed class LoadUnderWay
{
    private readonly CancellationTokenSource enough = new();
    private readonly TimeProvider time = TimeProvider.System;
    private readonly Recorder recorder;
    private readonly Task work;
    private readonly long began;
    private readonly int answeredBefore;

    public LoadUnderWay(Recorder recorder, Func<CancellationToken, Task> work)
    {
        this.recorder = recorder;
        (began, answeredBefore) = (time.GetTimestamp(), recorder.Answered);
        this.work = work(enough.Token);
    }

    public int Answered => recorder.Answered - answeredBefore;

    /// <summary>Answers per second since the load began.</summary>
    public double PerSecond => Answered / time.GetElapsedTime(began).TotalSeconds;

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
