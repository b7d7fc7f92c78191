using Orleans.Runtime;
using Planning.Domain;
using Planning.Engine.Entities;
using Planning.Engine.Log;

namespace Planning.Grains;

/// <summary>Host 2: every entity that is in use is a grain on one of the cluster's silos.</summary>
public sealed class OrleansHost(IGrainFactory grains) : IEntityHost
{
    public async ValueTask<Answer> SendAsync(CommandRequest request, CancellationToken cancellation)
    {
        try
        {
            return (await grains.GrainOf(request.Entity).HandleAsync(CommandMessage.Of(request), cancellation)).To(request.Entity);
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
            return (await grains.GrainOf(entity).ReadAsync(cancellation)).To(entity);
        }
        catch (Exception lost) when (IsLost(lost))
        {
            throw new LogUnavailableException($"The entity's silo did not answer: {lost.Message}", lost);
        }
    }

    /// <summary>A silo that is gone, stopping or too slow: what became of the call is not known.</summary>
    internal static bool IsLost(Exception e) => e is TimeoutException or OrleansException or SiloUnavailableException;
}
