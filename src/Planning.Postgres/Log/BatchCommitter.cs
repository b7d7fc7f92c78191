using Microsoft.Extensions.Logging;
using Npgsql;
using Planning.Engine.Log;

namespace Planning.Postgres.Log;

/// <summary>
/// Commits batches and gives every append its own outcome.
/// <code>
///  commit ── ok ────────────────► committed
///    │
///    ├─ a version is taken ─────► look up: same event id = committed, another = conflict; commit the rest
///    ├─ data cannot be stored ──► halve until the offender is alone: invalid data; commit the rest
///    ├─ the head is locked ─────► end the blocker, try again a few times, then unavailable
///    ├─ refused otherwise ──────► unavailable
///    └─ the answer was lost ────► connect again, look up, send the rest again; unknown when time is up
/// </code>
/// Sending again is safe whatever became of the first time: of two identical batches the versions let one in.
/// </summary>
internal sealed partial class BatchCommitter(
    PlanningDatabase database, int partition, EventLogOptions options, CommitSignal signal, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private readonly WriterConnection connection = new(database, partition);

    /// <summary>Every item has its outcome when this ends. Never throws.</summary>
    public async Task CommitAsync(IReadOnlyList<PendingAppend> batch)
    {
        try
        {
            await SettleAsync(batch, Attempt.First);
        }
        catch (Exception bug)
        {
            LogBug(bug, partition);
            foreach (var item in batch)
                item.Answer(new AppendOutcome.Unknown($"The log failed: {bug.Message}"));
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task SettleAsync(IReadOnlyList<PendingAppend> batch, Attempt attempt)
    {
        // :: Step 1: a connection, and what is left to write over it.
        try
        {
            await connection.OpenAsync();
            if (attempt.LookUp)
                batch = await SettleWrittenAsync(batch);
            batch = RefuseOtherEpoch(batch);
            if (batch.Count == 0)
                return;
        }
        catch (Exception failure)
        {
            await AwayAsync(batch, attempt, failure);
            return;
        }

        // :: Step 2: the commit.
        long? before;
        try
        {
            before = await connection.AppendAsync(batch);
        }
        catch (Exception failure)
        {
            await FailedAsync(batch, attempt, failure);
            return;
        }

        // :: Step 3: the outcome.
        if (before is null)
            GiveUp(batch, attempt, $"Partition {partition} has no row in planning.partition_head; nothing was written. Run `planning migrate`, or restore the row with the highest position of the partition's events.");
        else
            Committed(batch, before.Value);
    }

    private Task FailedAsync(IReadOnlyList<PendingAppend> batch, Attempt attempt, Exception failure)
    {
        switch (CommitFailures.Classify(failure))
        {
            case CommitFailure.VersionTaken when !attempt.LookUp:
                return SettleAsync(batch, attempt with { LookUp = true });
            case CommitFailure.VersionTaken or CommitFailure.BadData:
                return HalveAsync(batch, attempt, failure);
            case CommitFailure.HeadLocked:
                return HeadLockedAsync(batch, attempt, failure);
            case CommitFailure.AnswerLost:
                LogAnswerLost(failure, partition, batch.Count);
                return AwayAsync(batch, attempt.Lost(time.GetTimestamp()), failure);
            default:
                LogRefused(failure, partition, batch.Count);
                GiveUp(batch, attempt, $"The database refused: {failure.Message}");
                return Task.CompletedTask;
        }
    }

    /// <summary>Finds the offender. Each half is looked up again: it may have been written by somebody meanwhile.</summary>
    private async Task HalveAsync(IReadOnlyList<PendingAppend> batch, Attempt attempt, Exception failure)
    {
        if (batch.Count > 1)
        {
            await SettleAsync([.. batch.Take(batch.Count / 2)], attempt with { LookUp = true });
            await SettleAsync([.. batch.Skip(batch.Count / 2)], attempt with { LookUp = true });
        }
        else if (CommitFailures.Classify(failure) == CommitFailure.VersionTaken)
        {
            foreach (var taken in await SettleWrittenAsync(batch))
                taken.Answer(AppendOutcome.Conflict.Instance);
        }
        else
        {
            LogBadData(failure, partition, batch[0].Append.Entity.ToString());
            batch[0].Answer(new AppendOutcome.InvalidData($"The database cannot store this: {failure.Message}"));
        }
    }

    private async Task HeadLockedAsync(IReadOnlyList<PendingAppend> batch, Attempt attempt, Exception failure)
    {
        if (attempt.Number >= options.MaxLockAttempts)
        {
            LogRefused(failure, partition, batch.Count);
            GiveUp(batch, attempt, $"Another session holds the head of partition {partition}.");
            return;
        }
        try
        {
            LogBlocker(partition, await connection.EndBlockerAsync() ?? "gone by itself");
        }
        catch (NpgsqlException stays)
        {
            LogBlockerStays(stays, partition);
        }
        await SettleAsync(batch, attempt with { Number = attempt.Number + 1 });
    }

    /// <summary>The database cannot be reached. What was never sent is answered at once; the rest waits for it to come back.</summary>
    private async Task AwayAsync(IReadOnlyList<PendingAppend> batch, Attempt attempt, Exception failure)
    {
        await connection.DropAsync();
        if (attempt.LostAt is not { } lostAt)
        {
            LogAway(failure, partition, batch.Count);
            GiveUp(batch, attempt, $"The database cannot be reached: {failure.Message}");
        }
        else if (time.GetElapsedTime(lostAt) > options.LostAnswerTimeout)
        {
            LogUnknown(failure, partition, batch.Count);
            GiveUp(batch, attempt, $"Nothing could be looked up within {options.LostAnswerTimeout.TotalSeconds:0.#} s.");
        }
        else
        {
            if (attempt.Number > 1)
                await Task.Delay(options.ReconnectPause, time);
            await SettleAsync(batch, attempt with { Number = attempt.Number + 1 });
        }
    }

    /// <summary>Answers what the log has already, as this or as another event, and returns the rest.</summary>
    private async Task<IReadOnlyList<PendingAppend>> SettleWrittenAsync(IReadOnlyList<PendingAppend> batch)
    {
        var found = await connection.FindAsync(batch);
        var ours = false;
        foreach (var (item, written) in found)
        {
            var same = written.EventId == item.Append.Events[0].EventId;
            ours |= same;
            item.Answer(same ? new AppendOutcome.Committed(written.Position + item.Events - 1) : AppendOutcome.Conflict.Instance);
        }
        if (ours)
            signal.Elsewhere(partition);
        return [.. batch.Where(item => !found.ContainsKey(item))];
    }

    /// <summary>An append that was decided on a log that is gone would not follow from this one.</summary>
    private IReadOnlyList<PendingAppend> RefuseOtherEpoch(IReadOnlyList<PendingAppend> batch)
    {
        var epoch = database.Epoch.Current;
        if (batch.All(item => item.Epoch == epoch))
            return batch;
        foreach (var item in batch.Where(item => item.Epoch != epoch))
            item.Answer(AppendOutcome.Conflict.Instance);
        return [.. batch.Where(item => item.Epoch == epoch)];
    }

    private void Committed(IReadOnlyList<PendingAppend> batch, long before)
    {
        signal.Committed(partition, batch, before);
        var position = before;
        foreach (var item in batch)
        {
            position += item.Events;
            item.Answer(new AppendOutcome.Committed(position));
        }
    }

    /// <summary>Once an answer was lost, nobody can say any more that nothing was written.</summary>
    private void GiveUp(IReadOnlyList<PendingAppend> batch, Attempt attempt, string reason)
    {
        AppendOutcome outcome = attempt.LostAt is null
            ? new AppendOutcome.Unavailable(reason, options.RetryAfter)
            : new AppendOutcome.Unknown($"The answer to a commit was lost. {reason}");
        foreach (var item in batch)
            item.Answer(outcome);
    }

    /// <param name="Number">From 1.</param>
    /// <param name="LookUp">Whether some of the batch may be in the log already.</param>
    /// <param name="LostAt">When an answer was lost, by the clock that only measures; null when none was.</param>
    private readonly record struct Attempt(int Number, bool LookUp, long? LostAt)
    {
        public static Attempt First => new(1, LookUp: false, LostAt: null);

        public Attempt Lost(long now) => this with { LookUp = true, LostAt = LostAt ?? now };
    }
}
