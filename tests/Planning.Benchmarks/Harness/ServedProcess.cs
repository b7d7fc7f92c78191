using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Planning.Benchmarks.Harness;

/// <summary>A program beside this one that is measured. None outlives this process in good order, also when it is told to stop.</summary>
internal sealed class ServedProcess : IAsyncDisposable
{
    private const int LinesKept = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly ConcurrentDictionary<ServedProcess, bool> Running = new();

    private readonly Process process;
    private readonly ConcurrentQueue<string> words = new();

    private ServedProcess(Process process)
    {
        this.process = process;
        Running[this] = true;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    /// <summary>Ends when the program answers <c>/health/ready</c>.</summary>
    public static async Task<ServedProcess> StartAsync(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, Uri address)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, program), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var served = new ServedProcess(Process.Start(start)!);
        try
        {
            await served.ReadyAsync(address);
            return served;
        }
        catch
        {
            await served.DisposeAsync();
            throw;
        }
    }

    /// <summary>What is left of them, without waiting for what they do.</summary>
    public static async Task KillAllAsync()
    {
        foreach (var served in Running.Keys)
            await served.EndAsync("KILL");
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A line of the kernel's account of the process, such as VmHWM, the most memory that it has had in RAM.</summary>
    public double Megabytes(string line)
    {
        var found = File.ReadLines($"/proc/{Id}/status").Single(l => l.StartsWith(line + ":", StringComparison.Ordinal));
        return double.Parse(found.Split(' ', '\t', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1_000_000;
    }

    /// <summary>Processor time so far.</summary>
    public TimeSpan ProcessorTime()
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    public async ValueTask DisposeAsync() => await EndAsync("TERM");

    private async Task EndAsync(string signal)
    {
        if (!Running.TryRemove(this, out _))
            return;
        if (!process.HasExited)
        {
            using (Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]))
                await process.WaitForExitAsync().WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            process.Kill();
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }

    private async Task ReadyAsync(Uri address)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var from = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(from) < Patience && !process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(address, "/health/ready"));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
        throw new InvalidOperationException($"{process.StartInfo.FileName} did not become ready: {string.Join(Environment.NewLine, words)}");
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        words.Enqueue(line);
        while (words.Count > LinesKept)
            words.TryDequeue(out _);
    }
}
