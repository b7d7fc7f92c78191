using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Planning.Cli.Handoff;

namespace Planning.Cli.Demo.Cluster;

/// <summary>One process of the demo's cluster, with a log file of its own. It never outlives this command, however that ends.</summary>
internal sealed class ClusterProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// A shell stands between: when its standard input ends, because we close it or are gone, it tells the program to stop.
    /// A Ctrl-C, which the terminal sends to all of us, is left to this command.
    /// </summary>
    private const string StopAtEndOfInput = """
        trap '' INT
        exec 3<&0
        "$@" 3<&- < /dev/null &
        program=$!
        { read -r _; kill -TERM $program; } <&3 2> /dev/null &
        exec 3<&-
        wait $program
        """;

    private readonly string name;
    private readonly string log;
    private readonly Process process;
    private readonly TextWriter lines;

    private ClusterProcess(string name, string log, ProcessStartInfo start, Uri url)
    {
        (this.name, this.log, Url) = (name, log, url);
        lines = TextWriter.Synchronized(new StreamWriter(log) { AutoFlush = true });
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => lines.WriteLine(line.Data);
        process.ErrorDataReceived += (_, line) => lines.WriteLine(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Url { get; }

    public static ClusterProcess Start(string program, string name, string role, string cluster, string database, string logs)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort()}/");
        var start = new ProcessStartInfo("/bin/sh", ["-c", StopAtEndOfInput, "sh", program, "--role", role, "--url", url.GetLeftPart(UriPartial.Authority)])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // Compiled in haste: all of them start at once, for seconds.
        start.Environment["DOTNET_TC_QuickJit"] = "1";
        // Not an argument, which other users of the machine could read.
        start.Environment["PLANNING_DATABASE"] = database;
        start.Environment["PLANNING_CLUSTER__NAME"] = cluster;
        start.Environment["PLANNING_CLUSTER__SILO"] = name;
        start.Environment["PLANNING_CLUSTER__ADDRESS"] = "127.0.0.1";
        start.Environment["PLANNING_CLUSTER__SILOPORT"] = FreePort().ToString(CultureInfo.InvariantCulture);
        start.Environment["PLANNING_CLUSTER__CLIENTPORT"] = FreePort().ToString(CultureInfo.InvariantCulture);
        return new ClusterProcess(name, Path.Combine(logs, name + ".log"), start, url);
    }

    /// <exception cref="CommandFailedException">It ended, or was not ready in time; says where its log is.</exception>
    public async Task ReadyAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(ReadyTimeout);
        try
        {
            while (!await IsReadyAsync(http, limit.Token))
            {
                if (process.HasExited)
                    throw new CommandFailedException($"{name} ended with exit code {process.ExitCode} before it was ready. Its log is {log}.");
                await Task.Delay(Pause, TimeProvider.System, limit.Token);
            }
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandFailedException($"{name} was not ready within {ReadyTimeout.TotalSeconds} seconds. Its log is {log}.", late);
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(StopTimeout);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
        process.Dispose();
        await lines.DisposeAsync();
    }

    private async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Url, "/health/ready"), cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
