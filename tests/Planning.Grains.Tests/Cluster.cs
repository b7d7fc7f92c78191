using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.TestingHost;
using Planning.Domain;
using Planning.Engine.Entities;

namespace Planning.Grains.Tests;

/// <summary>Three silos in this process and a client outside of them, so that every call crosses the wire.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private const int Silos = 3;

    private readonly InProcessTestCluster silos;

    private Cluster(InProcessTestCluster silos) => this.silos = silos;

    public IEntityHost Host => new OrleansHost(silos.Client);

    public static async Task<Cluster> StartAsync(CellServices cells, EntityLimits? limits = null)
    {
        var builder = new InProcessTestClusterBuilder(Silos);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(cells);
            silo.AddPlanningGrains(limits ?? new EntityLimits());
        });
        builder.ConfigureClient(client => client.Services.AddPlanningWire());
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new Cluster(cluster);
    }

    /// <summary>Has every silo put all its grains out of memory, and waits until that is so.</summary>
    public async Task DeactivateAllAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await ActiveAsync() > 0)
        {
            await silos.Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>Planning's grains in memory, of all silos.</summary>
    public async Task<int> ActiveAsync() =>
        (await silos.Client.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics())
            .Count(grain => grain.GrainType.StartsWith("Planning.Grains", StringComparison.Ordinal));

    /// <summary>The most entities that one silo had in memory while the work was done; looked at a thousand times a second.</summary>
    public async Task<int> MostWhileAsync(Func<Task> work)
    {
        var working = work();
        var most = 0;
        while (!working.IsCompleted)
        {
            most = Math.Max(most, silos.Silos.Max(silo => silos.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<ActiveEntities>().Count));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
        await working;
        return most;
    }

    /// <summary>Tells one stay in memory from the next.</summary>
    public ActivationId? ActivationOf(EntityKey entity) =>
        silos.TryGetGrainContext(silos.Client.GrainOf(entity).GetGrainId(), out var grain) ? grain.ActivationId : null;

    /// <summary>One silo leaves in good order.</summary>
    public Task StopOneAsync() => silos.StopSiloAsync(silos.Silos[^1]);

    public async ValueTask DisposeAsync() => await silos.DisposeAsync();
}
