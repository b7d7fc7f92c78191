using Orleans.Runtime;

namespace Planning.Grains;

/// <summary>
/// Calls of grains, which are made again when a silo was lost, under the same command id. That is safe whatever became of the
/// first time: an entity answers a repeated command as before.
/// </summary>
internal sealed class SiloCalls(TimeSpan callTimeout, SiloLosses losses, TimeProvider time)
{
    /// <summary>About as long as the rest of the cluster needs to agree who runs the grains of a silo that is gone.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task<T> MakeAsync<T>(Func<ValueTask<T>> call, CancellationToken cancellation)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            // Taken before the call, so that no loss comes between.
            var lost = losses.Next;
            var answer = call().AsTask();
            try
            {
                return await answer.WaitAsync(Left(since), time, lost);
            }
            catch (OperationCanceledException) when (lost.IsCancellationRequested)
            {
                answer.Ignore();
            }
            catch (OrleansMessageRejectionException) when (Left(since) > Pause)
            {
                await Task.Delay(Pause, time, cancellation);
            }
        }
    }

    private TimeSpan Left(long since)
    {
        var left = callTimeout - time.GetElapsedTime(since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
