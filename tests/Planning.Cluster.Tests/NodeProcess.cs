using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Planning.Cluster.Tests;

/// <summary>One process of a cluster.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly ConcurrentQueue<string> log = new();

    private NodeProcess(string name, Process process, Uri url, IPEndPoint siloAddress)
    {
        (Name, this.process, Url, SiloAddress) = (name, process, url, siloAddress);
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Name { get; }

    public Uri Url { get; }

    /// <summary>Where the other silos reach it, which is how the cluster knows it.</summary>
    public IPEndPoint SiloAddress { get; }

    /// <summary>Warnings, errors, and its last words.</summary>
    public IReadOnlyCollection<string> Log => log;

    /// <summary>Ends when the process is ready to serve, or to run entities.</summary>
    /// <param name="site">Where on the network it runs; null for this machine's own.</param>
    /// <param name="settings">Further variables of its environment.</param>
    public static async Task<NodeProcess> StartAsync(
        string name, string role, string cluster, string database, NetworkSite? site = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var address = site?.Address ?? IPAddress.Loopback;
        var (url, siloAddress) = (new Uri($"http://{address}:{FreePort()}"), new IPEndPoint(address, FreePort()));
        string[] command =
        [
            .. site is null ? [] : (string[])["ip", "netns", "exec", site.Name],
            Path.Combine(AppContext.BaseDirectory, "planning-silo"), "--role", role, "--url", url.ToString().TrimEnd('/'), "--database", database,
        ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // The image's programs are compiled beforehand; these start about as fast only when they are compiled in haste.
        start.Environment["DOTNET_TC_QuickJit"] = "1";
        start.Environment["PLANNING_LOGLEVEL"] = "Warning";
        start.Environment["PLANNING_CLUSTER__NAME"] = cluster;
        start.Environment["PLANNING_CLUSTER__SILO"] = name;
        start.Environment["PLANNING_CLUSTER__ADDRESS"] = address.ToString();
        start.Environment["PLANNING_CLUSTER__SILOPORT"] = siloAddress.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PLANNING_CLUSTER__CLIENTPORT"] = FreePort().ToString(CultureInfo.InvariantCulture);
        foreach (var (variable, value) in settings ?? new Dictionary<string, string>())
            start.Environment[variable] = value;
        var node = new NodeProcess(name, Process.Start(start)!, url, siloAddress);
        await node.ReadyAsync();
        return node;
    }

    /// <summary>The first line that is so, now or soon.</summary>
    public async Task<string> LineAsync(Func<string, bool> wanted)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            if (log.FirstOrDefault(wanted) is { } found)
                return found;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>As an orchestrator does it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        return await ExitAsync();
    }

    /// <summary>Waits for it to end by itself, and for its last words.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <summary>It stands still, with its connections and locks, and knows nothing of it.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    public Task ThawAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private async Task ReadyAsync()
    {
        using var http = new HttpClient();
        using var limit = new CancellationTokenSource(Patience);
        while (!process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Url, "/health/ready"), limit.Token);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
        throw new InvalidOperationException($"{Name} ended before it was ready: {string.Join(Environment.NewLine, log.TakeLast(20))}");
    }

    private void Note(string? line)
    {
        if (line is not null)
            log.Enqueue(line);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
