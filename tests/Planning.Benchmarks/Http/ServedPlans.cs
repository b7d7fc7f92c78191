using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Benchmarks.Engine;
using Planning.Benchmarks.Harness;
using Planning.Postgres.Migrations;
using Planning.Postgres.Private;

namespace Planning.Benchmarks.Http;

/// <summary>The built server as a process of its own, on a private PostgreSQL that holds many plans already.</summary>
internal sealed class ServedPlans : IAsyncDisposable
{
    private readonly string folder;
    private readonly ServedProcess server;

    private ServedPlans(string folder, ServedProcess server, Uri address) => (this.folder, this.server, Address) = (folder, server, address);

    public Uri Address { get; }

    public TimeSpan StartToReady { get; private init; }

    public static async Task<ServedPlans> StartAsync(int plans)
    {
        var data = Path.Combine(Path.GetTempPath(), $"planning-bench-served-{Guid.NewGuid():N}");
        try
        {
            await FillAsync(data, plans);
            var address = new Uri($"http://127.0.0.1:{ServedProcess.FreePort()}");
            var from = Stopwatch.GetTimestamp();
            var started = await ServedProcess.StartAsync(
                "planning",
                ["serve", "--data", data, "--url", address.ToString().TrimEnd('/')],
                new Dictionary<string, string> { ["PLANNING_LOGLEVEL"] = "Error", ["PLANNING_GATEWAY__LOCALWORKSPACE"] = BenchmarkPlans.Workspace.Value },
                address);
            return new ServedPlans(data, started, address) { StartToReady = Stopwatch.GetElapsedTime(from) };
        }
        catch
        {
            Directory.Delete(data, recursive: true);
            throw;
        }
    }

    public double PeakMegabytes() => server.Megabytes("VmHWM");

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task FillAsync(string folder, int plans)
    {
        await using var postgres = await PrivatePostgres.StartAsync(new() { DataFolder = Path.Combine(folder, "postgres") }, NullLogger.Instance);
        await Migrator.MigrateAsync(postgres.ConnectionString);
        await using var node = await BenchmarkNode.OpenAsync(postgres.ConnectionString);
        node.Node.Start();
        await node.Plans.CreateAsync(plans);
        await node.CatchUpAsync();
    }
}
