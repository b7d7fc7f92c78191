using Planning.Benchmarks.Harness;
using Planning.Engine.Entities;
using Planning.Grains;

namespace Planning.Cluster.Benchmarks.Cluster;

/// <summary>The product's own silo processes, and the product's way to send commands to them.</summary>
internal static class PlanningSilos
{
    /// <summary>As a gateway has it by default.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    public static Task<SiloProcesses> StartAsync(string database, int silos, IReadOnlyDictionary<string, string>? settings = null) =>
        SiloProcesses.StartAsync(database, silos, place => StartAsync(place, "silo", settings), client => client.Services.AddPlanningWire());

    public static IEntityHost Host(this SiloProcesses silos) => new OrleansHost(silos.Client, CallTimeout, new SiloLosses(Timeout.InfiniteTimeSpan, TimeProvider.System), TimeProvider.System);

    public static Task<ServedProcess> StartAsync(SiloPlace place, string role, IReadOnlyDictionary<string, string>? settings = null) => ServedProcess.StartAsync(
        "planning-silo",
        ["--role", role, "--url", place.Url, "--database", place.Database],
        new Dictionary<string, string>(settings ?? new Dictionary<string, string>())
        {
            ["PLANNING_LOGLEVEL"] = "Error",
            ["PLANNING_CLUSTER__NAME"] = place.Cluster,
            ["PLANNING_CLUSTER__SILO"] = place.Name,
            ["PLANNING_CLUSTER__SILOPORT"] = SiloPlace.Word(place.SiloPort),
            ["PLANNING_CLUSTER__CLIENTPORT"] = SiloPlace.Word(place.ClientPort),
        },
        place.Health);
}
