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

    private readonly ITestOutputHelper? output;
    private readonly TestDatabase database;
    private readonly List<NodeProcess> silos = [];
    private readonly List<NodeProcess> gone = [];
    private NodeProcess? gateway;
    private IReadOnlyDictionary<string, string>? settings;
    private int started;

    private ProcessCluster(TestDatabase database, ITestOutputHelper? output)
    {
        (this.database, this.output) = (database, output);
        Workload = new Workload { Ledger = new Ledger(database.ConnectionString) };
    }

    public Workload Workload { get; }

    public IReadOnlyList<NodeProcess> Silos => silos;

    /// <param name="output">Where the last lines of each process go in the end.</param>
    /// <param name="network">Gives each silo a place of its own; without it all are on this machine's.</param>
    /// <param name="settings">Further variables of every process's environment.</param>
    public static async Task<ProcessCluster> StartAsync(
        int silos, ITestOutputHelper? output = null, TestNetwork? network = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var cluster = new ProcessCluster(await TestPostgres.CreateDatabaseAsync(), output) { settings = settings };
        await Migrator.MigrateAsync(cluster.database.ConnectionString);
        for (var i = 0; i < silos; i++)
            await cluster.StartSiloAsync(network?.Sites[i]);
        cluster.gateway = await NodeProcess.StartAsync("gateway", "gateway", cluster.Name, cluster.ConnectionString, site: null, settings);
        cluster.Workload.Availability.Up(cluster.gateway.Url);
        await cluster.Workload.PrepareAsync();
        return cluster;
    }

    public NodeProcess Gateway => gateway!;

    public string ConnectionString => database.ConnectionString;

    private string Name => $"test-{database.Name}";

    public async Task StartSiloAsync(NetworkSite? site = null) =>
        silos.Add(await NodeProcess.StartAsync($"silo-{++started}", "silo", Name, ConnectionString, site, settings));

    /// <summary>The plans that a silo runs, as the cluster says.</summary>
    public async Task<IReadOnlySet<string>> PlansOnAsync(NodeProcess silo) => await Members.PlansOnAsync(Name, ConnectionString, silo.SiloAddress);

    /// <summary>Ends when the others have agreed that a silo is gone.</summary>
    public Task DeclaredDeadAsync(NodeProcess silo) => Members.DeclaredDeadAsync(ConnectionString, silo.SiloAddress);

    /// <summary>Ends when another silo works beside the entities.</summary>
    public async Task LeaseLeavesAsync(NodeProcess silo)
    {
        using var limit = new CancellationTokenSource(Scale.Patience);
        while ((await LeaseAsync()).Holder == silo.Name)
            await Task.Delay(Scale.LookAgain, TimeProvider.System, limit.Token);
    }

    /// <summary>The silo that works beside the entities, and its lease's number.</summary>
    public Task<(string Holder, long Epoch)> LeaseAsync() => Members.LeaseAsync(ConnectionString);

    public void Forget(NodeProcess silo)
    {
        silos.Remove(silo);
        gone.Add(silo);
    }

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
        foreach (var node in gone.Concat(silos).Append(gateway).OfType<NodeProcess>())
        {
            foreach (var line in node.Log.TakeLast(LogLinesShown))
                output?.WriteLine($"    {node.Name}: {line}");
            await node.DisposeAsync();
        }
        await database.DisposeAsync();
    }
}
