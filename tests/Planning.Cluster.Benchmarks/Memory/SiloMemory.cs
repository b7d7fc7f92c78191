using Orleans.Runtime;

namespace Planning.Cluster.Benchmarks.Memory;

/// <summary>What one silo process holds: Orleans says how many grains and how much managed memory, the kernel the rest.</summary>
internal sealed class SiloMemory(SiloProcesses silos)
{
    private readonly IManagementGrain management = silos.Client.GetGrain<IManagementGrain>(0);

    /// <summary>After a full garbage collection.</summary>
    public async Task<Held> NowAsync()
    {
        var silo = await SiloAsync();
        await management.ForceGarbageCollection([silo]);
        return await LookAsync(silo);
    }

    /// <summary>The most of each, looked at ten times a second until cancelled.</summary>
    public async Task<Held> MostAsync(CancellationToken cancellation)
    {
        var silo = await SiloAsync();
        var most = new Held(0, 0, 0);
        while (!cancellation.IsCancellationRequested)
        {
            var now = await LookAsync(silo);
            most = new(Math.Max(most.Entities, now.Entities), Math.Max(most.Heap, now.Heap), Math.Max(most.Resident, now.Resident));
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
        }
        return most;
    }

    private async Task<SiloAddress> SiloAsync() => (await management.GetHosts(onlyActive: true)).Keys.Single();

    private async Task<Held> LookAsync(SiloAddress silo)
    {
        var statistics = (await management.GetRuntimeStatistics([silo])).Single();
        var entities = (await management.GetSimpleGrainStatistics([silo])).Where(grains => grains.GrainType.StartsWith("Planning.Grains", StringComparison.Ordinal)).Sum(grains => grains.ActivationCount);
        return new(entities, statistics.EnvironmentStatistics.RawMemoryUsageBytes, (long)(silos.Processes.Single().Megabytes("VmRSS") * 1_000_000));
    }

    internal sealed record Held(int Entities, long Heap, long Resident);
}
