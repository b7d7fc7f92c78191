using System.Collections.Frozen;
using Orleans;
using Orleans.Runtime;
using Planning.Domain;
using Planning.Gateway.Operations;
using Planning.Grains;

namespace Planning.Silo.Operations;

/// <summary>Asks the cluster itself at the moment of the question; nothing is kept.</summary>
internal sealed class ClusterMembers(IGrainFactory grains, TimeProvider time) : IClusterMembers
{
    /// <summary>For one silo's count: one that stands still must not hide the others.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly FrozenSet<string> Entities =
        typeof(EntityGrain).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(EntityGrain))).Select(type => type.FullName!).ToFrozenSet();

    private IManagementGrain Management => grains.GetGrain<IManagementGrain>(0);

    public Task<IReadOnlyList<SiloView>> ListAsync(CancellationToken cancellation) => AskAsync(async () =>
    {
        var members = (await Management.GetDetailedHosts().WaitAsync(cancellation)).Where(member => member.Status is not (SiloStatus.Dead or SiloStatus.None));
        return (IReadOnlyList<SiloView>)await Task.WhenAll(members.OrderBy(member => member.SiloName, StringComparer.Ordinal).Select(async member => new SiloView(
            member.SiloName, member.SiloAddress.Endpoint.ToString(), Snake.Case(member.Status.ToString()),
            new DateTimeOffset(member.StartTime, TimeSpan.Zero), await CountAsync(member.SiloAddress, cancellation))));
    });

    public Task<string?> SiloOfAsync(EntityKey entity, CancellationToken cancellation) => AskAsync(async () =>
        await Management.GetActivationAddress(grains.GrainOf(entity)).AsTask().WaitAsync(cancellation) is { } address
            ? (await Management.GetDetailedHosts().WaitAsync(cancellation)).FirstOrDefault(member => member.SiloAddress.Equals(address) && member.Status == SiloStatus.Active)?.SiloName
            : null);

    private async Task<int?> CountAsync(SiloAddress silo, CancellationToken cancellation)
    {
        try
        {
            var counts = await Management.GetSimpleGrainStatistics([silo], cancellation).WaitAsync(Patience, time, cancellation);
            return counts.Where(count => Entities.Contains(count.GrainType.Split(',')[0])).Sum(count => count.ActivationCount);
        }
        catch (Exception silent) when (silent is TimeoutException or OrleansException)
        {
            return null;
        }
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (OrleansException away)
        {
            throw new TimeoutException("The cluster does not answer.", away);
        }
    }
}
