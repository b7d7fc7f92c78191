using System.Runtime.InteropServices;
using Planning.Engine.Log;

namespace Planning.Benchmarks.Harness;

/// <summary>What both benchmark programs do: run, report, and leave nothing behind, also when told to stop.</summary>
internal static class BenchmarkProgram
{
    private const int Stopped = 130;

    public static async Task<int> RunAsync(IReadOnlyList<Benchmark> all, string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        try
        {
            var arguments = BenchmarkArguments.Parse(args);
            if (arguments.Filter is { } part && !all.Any(benchmark => benchmark.Name.Contains(part, StringComparison.Ordinal)))
                throw new ArgumentException($"No figure has '{part}' in its name. There are: {string.Join(", ", all.Select(benchmark => benchmark.Name))}.");
            await using var server = await BenchmarkServer.StartAsync(arguments.Database);
            var report = await BenchmarkRunner.RunAsync(all, arguments, server.ConnectionString, stop.Token);
            if (arguments.Json is { } file)
                await File.WriteAllTextAsync(file, report.ToJson() + "\n");
            return 0;
        }
        catch (ArgumentException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 2;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return Stopped;
        }
        catch (Exception failed) when (failed is InvalidOperationException or LogUnavailableException or TimeoutException or Npgsql.NpgsqlException or HttpRequestException or IOException)
        {
            await Console.Error.WriteLineAsync($"A benchmark failed: {failed.Message}");
            return 1;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }
}
