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
    private readonly SiloCalls calls = new(callTimeout, losses, time);
    private readonly EntityGrains entities = new(grains);

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

    private Task<T> CallAsync<T>(EntityKey entity, Func<IEntityGrain, ValueTask<T>> call, CancellationToken cancellation) =>
        calls.MakeAsync(() => call(entities.Of(entity)), cancellation);

    /// <summary>A silo that is gone, stopping or too slow: what became of the call is not known.</summary>
    internal static bool IsLost(Exception e) => e is TimeoutException or OrleansException or SiloUnavailableException;
}
