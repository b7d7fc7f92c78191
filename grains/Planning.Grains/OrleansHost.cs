using Orleans.Runtime;
using Planning.Domain;
using Planning.Engine.Entities;
using Planning.Engine.Log;

namespace Planning.Grains;

/// <summary>Host 2: every entity that is in use is a grain on one of the cluster's silos.</summary>
/// <param name="callTimeout">After that, what became of a call is not known.</param>
/// <param name="losses">Silos that are lost while calls may be waiting for them.</param>
public sealed class OrleansHost(IGrainFactory grains, TimeSpan callTimeout, SiloLosses losses, TimeProvider time) : IEntityHost
{
    /// <summary>About as long as the rest of the cluster needs to agree who runs the entities of a silo that is gone.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async ValueTask<Answer> SendAsync(CommandRequest request, CancellationToken cancellation)
    {
        var message = CommandMessage.Of(request);
        try
        {
            return (await CallAsync(request.Entity, grain => grain.HandleAsync(message, cancellation), cancellation)).To(request.Entity);
        }
        catch (Exception lost) when (IsLost(lost))
        {
            return new Answer.Rejected(
                Rejection.Unavailable("outcome_unknown", $"The entity's silo did not answer ({lost.Message}) Send the same command with the same Idempotency-Key again to learn the outcome."), 0);
        }
    }

    public async ValueTask<EntityState> ReadAsync(EntityKey entity, CancellationToken cancellation)
    {
        try
        {
            return (await CallAsync(entity, grain => grain.ReadAsync(cancellation), cancellation)).To(entity);
        }
        catch (Exception lost) when (IsLost(lost))
        {
            throw new LogUnavailableException($"The entity's silo did not answer: {lost.Message}", lost);
        }
    }

    /// <summary>
    /// Calls again when a silo was lost, under the same command id. That is safe whatever became of the first time: an entity
    /// answers a repeated command as before.
    /// </summary>
    private async Task<T> CallAsync<T>(EntityKey entity, Func<IEntityGrain, ValueTask<T>> call, CancellationToken cancellation)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            // Taken before the call, so that no loss comes between.
            var lost = losses.Next;
            var answer = call(grains.GrainOf(entity)).AsTask();
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

    /// <summary>A silo that is gone, stopping or too slow: what became of the call is not known.</summary>
    private static bool IsLost(Exception e) => e is TimeoutException or OrleansException or SiloUnavailableException;
}
