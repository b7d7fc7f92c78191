using System.Collections.Concurrent;
using System.Diagnostics;

namespace Planning.Crash.Tests.Support;

/// <summary>The server in a process of its own, with its words.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const string Mark = "@ ";

    private readonly Process process;
    private readonly Task reading;
    private readonly ConcurrentQueue<string> log = new();
    private readonly TaskCompletionSource<Uri> serving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource armed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(Process process)
    {
        this.process = process;
        reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    public Uri Url { get; private set; } = null!;

    /// <summary>Of its database, as the superuser.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>The fault point at which it ended itself; null where it did not.</summary>
    public string? Fault { get; private set; }

    /// <summary>What it logged: warnings and errors.</summary>
    public IReadOnlyCollection<string> Log => log;

    public static async Task<HostProcess> StartAsync(string dataFolder, params string[] more)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Planning.CrashHost.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--data", dataFolder, .. more])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        var host = new HostProcess(Process.Start(start)!);
        await Task.WhenAny(host.serving.Task, host.reading).WaitAsync(Scale.Patience);
        if (!host.serving.Task.IsCompleted)
            throw new InvalidOperationException($"The host ended before it served: {string.Join(Environment.NewLine, host.Log)}");
        host.Url = await host.serving.Task;
        return host;
    }

    /// <summary>From here on the nth passage of the fault point is the last.</summary>
    public async Task ArmAsync(string fault, int passages)
    {
        armed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await process.StandardInput.WriteLineAsync($"arm {fault}:{passages}");
        await process.StandardInput.FlushAsync();
        await Task.WhenAny(armed.Task, reading).WaitAsync(Scale.Patience);
    }

    /// <summary>Ends when the process is gone and all its words are read.</summary>
    public async Task ExitAsync()
    {
        await process.WaitForExitAsync();
        await reading;
    }

    /// <summary>Asks it to stop in good order, and waits.</summary>
    /// <exception cref="TimeoutException">It did not end; says what it wrote last.</exception>
    public async Task StopAsync()
    {
        if (!process.HasExited)
            process.StandardInput.Close();
        try
        {
            await ExitAsync().WaitAsync(Scale.StopPatience);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"The host did not end within {Scale.StopPatience.TotalSeconds} s: {string.Join(Environment.NewLine, Log.TakeLast(Scale.LogLinesShown))}", late);
        }
    }

    /// <summary>In good order where that is still possible, so that its database goes with it.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        catch (TimeoutException)
        {
            process.Kill();
            await ExitAsync();
        }
        process.Dispose();
    }

    private async Task ReadAsync(StreamReader words)
    {
        while (await words.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith(Mark, StringComparison.Ordinal))
            {
                log.Enqueue(line);
                continue;
            }
            switch (line[Mark.Length..].Split(' ', 2))
            {
                case ["database", var connection]:
                    ConnectionString = connection;
                    break;
                case ["serving", var url]:
                    serving.TrySetResult(new Uri(url));
                    break;
                case ["armed"]:
                    armed.TrySetResult();
                    break;
                case ["fault", var point]:
                    Fault = point;
                    break;
                default:
                    log.Enqueue(line);
                    break;
            }
        }
    }
}
