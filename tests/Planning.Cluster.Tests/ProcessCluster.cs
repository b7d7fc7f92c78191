using Planning.Crash.Tests;
using Planning.Crash.Tests.Judge;
using Planning.Postgres.Migrations;
using Planning.Testing;
using Xunit.Abstractions;

namespace Planning.Cluster.Tests;

/// <summary>A gateway and three silos, each a process of its own, on one PostgreSQL, under the load of the crash tests.</summary>
internal sealed class ProcessCluster : IAsyncDisposable
{
    private const int LogLinesShown = 15;

    private readonly ITestOutputHelper output;
    private readonly TestDatabase database;
    private readonly List<NodeProcess> silos = [];
    private NodeProcess? gateway;
    private IReadOnlyDictionary<string, string>? settings;
    private int started;

    private ProcessCluster(TestDatabase database, ITestOutputHelper output)
    {
        (this.database, this.output) = (database, output);
        Workload = new Workload { Ledger = new Ledger(database.ConnectionString) };
    }

    public Workload Workload { get; }

    public IReadOnlyList<NodeProcess> Silos => silos;

    /// <param name="settings">Further variables of every process's environment.</param>
    public static async Task<ProcessCluster> StartAsync(int silos, ITestOutputHelper output, IReadOnlyDictionary<string, string>? settings = null)
    {
        var cluster = new ProcessCluster(await TestPostgres.CreateDatabaseAsync(), output) { settings = settings };
        await Migrator.MigrateAsync(cluster.database.ConnectionString);
        for (var i = 0; i < silos; i++)
            await cluster.StartSiloAsync();
        cluster.gateway = await NodeProcess.StartAsync("gateway", "gateway", cluster.Name, cluster.database.ConnectionString, settings);
        cluster.Workload.Availability.Up(cluster.gateway.Url);
        await cluster.Workload.PrepareAsync();
        return cluster;
    }

    public NodeProcess Gateway => gateway!;

    public string ConnectionString => database.ConnectionString;

    private string Name => $"test-{database.Name}";

    public async Task StartSiloAsync() => silos.Add(await NodeProcess.StartAsync($"silo-{++started}", "silo", Name, database.ConnectionString, settings));

    public void Forget(NodeProcess silo) => silos.Remove(silo);

    /// <summary>Gateway first, so that nothing new comes; then the silos.</summary>
    public async Task StopAsync()
    {
        Assert.Equal(0, await gateway!.StopAsync());
        foreach (var silo in silos)
            Assert.Equal(0, await silo.StopAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Workload.DisposeAsync();
        foreach (var node in silos.Append(gateway).OfType<NodeProcess>())
        {
            foreach (var line in node.Log.TakeLast(LogLinesShown))
                output.WriteLine($"    {node.Name}: {line}");
            await node.DisposeAsync();
        }
        await database.DisposeAsync();
    }
}
