using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.TestingHost;
using Planning.Domain;
using Planning.Engine;
using Planning.Engine.Entities;
using Planning.Engine.Workspaces;
using Planning.Grains.Governance;
using Planning.Grains.Workspaces;

namespace Planning.Grains.Tests;

/// <summary>Three silos in this process and a client outside of them, so that every call crosses the wire.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private const int Silos = 3;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    private readonly InProcessTestCluster silos;
    private readonly SiloLosses losses = new(Timeout.InfiniteTimeSpan, TimeProvider.System);

    private Cluster(InProcessTestCluster silos) => this.silos = silos;

    public IEntityHost Host => HostWith(CallTimeout, losses, TimeProvider.System);

    public IWorkspaceViews Views => new OrleansViews(silos.Client, CallTimeout, losses, TimeProvider.System);

    public IGrainFactory Grains => silos.Client;

    /// <param name="followers">How workspaces are followed.</param>
    /// <param name="limits">How many entities each silo keeps.</param>
    /// <param name="also">Further services of each silo.</param>
    /// <param name="reminders">Where reminders are kept; by default in a grain, whose silo must not be killed.</param>
    public static async Task<Cluster> StartAsync(
        CellServices cells, FollowerOptions? followers = null, EntityLimits? limits = null, Action<ISiloBuilder>? also = null, Action<ISiloBuilder>? reminders = null)
    {
        var builder = new InProcessTestClusterBuilder(Silos);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(cells);
            (reminders ?? (own => own.UseInMemoryReminderService()))(silo);
            silo.AddMemoryGrainStorage(GovernanceGrain.Storage);
            silo.AddPlanningGrains(followers ?? new FollowerOptions(), limits ?? new EntityLimits());
            also?.Invoke(silo);
        });
        builder.ConfigureClient(client => client.Services.AddPlanningWire());
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new Cluster(cluster);
    }

    public IEntityHost HostWith(TimeSpan callTimeout, SiloLosses told, TimeProvider time) => new OrleansHost(silos.Client, callTimeout, told, time);

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

    /// <summary>What publishes events on the workspaces' streams, as the silo that holds the lease runs it.</summary>
    public StreamConsumer StreamConsumer(Backend backend) => silos.Silos[0].ServiceProvider.StreamConsumer(backend);

    /// <summary>One silo ends without a word.</summary>
    /// <param name="silo">As a grain on it names it.</param>
    public Task KillAsync(string silo) => silos.KillSiloAsync(silos.Silos.Single(s => s.SiloAddress.ToString() == silo));

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

    public async ValueTask DisposeAsync()
    {
        await silos.DisposeAsync();
        losses.Dispose();
    }
}
