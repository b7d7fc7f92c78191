using System.Diagnostics;
using Planning.Engine.Log;

namespace Planning.Postgres.Log;

/// <summary>An append between its caller and its commit.</summary>
internal sealed class PendingAppend(Append append, string epoch)
{
    // Answers run elsewhere: whatever a caller does next must not hold up the writer.
    private readonly TaskCompletionSource<AppendOutcome> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Append Append { get; } = append;

    /// <summary>In which epoch the caller's state was loaded.</summary>
    public string Epoch { get; } = epoch;

    /// <summary>Whose trace the commit belongs to; null while nothing is traced.</summary>
    public Activity? Caller { get; } = Activity.Current;

    public long Bytes { get; } = Size(append);

    public int Events => Append.Events.Count;

    public Task<AppendOutcome> Outcome => answer.Task;

    /// <summary>What its queue does just before the caller learns the outcome; null while it is in none.</summary>
    public Action<PendingAppend>? Leaving { private get; set; }

    /// <summary>The first answer counts. Called by the one writer of the partition only.</summary>
    public void Answer(AppendOutcome outcome)
    {
        if (answer.Task.IsCompleted)
            return;
        Leaving?.Invoke(this);
        answer.SetResult(outcome);
    }

    private static long Size(Append append)
    {
        // Meta is written with each event.
        var bytes = (long)append.Meta.Length * append.Events.Count;
        for (var i = 0; i < append.Events.Count; i++)
            bytes += append.Events[i].Data.Length;
        return bytes;
    }
}
