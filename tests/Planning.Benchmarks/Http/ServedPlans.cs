using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
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
    private readonly Process server;

    private ServedPlans(string folder, Process server, Uri address) => (this.folder, this.server, Address) = (folder, server, address);

    public Uri Address { get; }

    public TimeSpan StartToReady { get; private set; }

    public static async Task<ServedPlans> StartAsync(int plans)
    {
        var data = Path.Combine(Path.GetTempPath(), $"planning-bench-served-{Guid.NewGuid():N}");
        await FillAsync(data, plans);
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "planning"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "serve", "--data", data, "--url", address.ToString().TrimEnd('/') },
            Environment = { ["PLANNING_LOGLEVEL"] = "Error", ["PLANNING_GATEWAY__LOCALWORKSPACE"] = BenchmarkNode.Workspace.Value },
        };
        var from = Stopwatch.GetTimestamp();
        var served = new ServedPlans(data, Process.Start(start)!, address);
        served.server.OutputDataReceived += (_, _) => { };
        served.server.BeginOutputReadLine();
        served.server.BeginErrorReadLine();
        try
        {
            await served.ReadyAsync(from);
            return served;
        }
        catch
        {
            await served.DisposeAsync();
            throw;
        }
    }

    /// <summary>The most memory that the process has had in RAM, in MB.</summary>
    public double PeakMegabytes()
    {
        var line = File.ReadLines($"/proc/{server.Id}/status").Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1_000_000;
    }

    public async ValueTask DisposeAsync()
    {
        if (!server.HasExited)
        {
            using (Process.Start("kill", ["-TERM", server.Id.ToString(CultureInfo.InvariantCulture)]))
                await server.WaitForExitAsync();
        }
        server.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task FillAsync(string folder, int plans)
    {
        await using var postgres = await PrivatePostgres.StartAsync(new() { DataFolder = Path.Combine(folder, "postgres") }, NullLogger.Instance);
        await Migrator.MigrateAsync(postgres.ConnectionString);
        await using var node = await BenchmarkNode.OpenAsync(postgres.ConnectionString);
        node.Node.Start();
        await node.CreatePlansAsync(plans);
        var head = await node.Node.Backend.Log.HeadAsync(0, CancellationToken.None);
        await Task.WhenAll(node.Node.Progress.Consumers.Select(c => node.Node.Progress.WaitAsync(c, 0, head, CancellationToken.None)));
    }

    private async Task ReadyAsync(long from)
    {
        using var http = HttpBenchmarks.Http();
        while (Stopwatch.GetElapsedTime(from) < TimeSpan.FromMinutes(1) && !server.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Address, "/health/ready"));
                if (answer.IsSuccessStatusCode)
                {
                    StartToReady = Stopwatch.GetElapsedTime(from);
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
        throw new InvalidOperationException("The server did not become ready.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
