using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;
using Planning.Benchmarks.Harness;

namespace Planning.Benchmarks.Log;

/// <summary>PostgreSQL's own load generator, with the statement of <see cref="NaiveBenchmarks"/>.</summary>
internal static partial class Pgbench
{
    /// <summary>Of both: more than this only wait for each other at the head's row.</summary>
    public const int Connections = 16;

    public static async Task<Measured> RunAsync(BenchmarkRun run, int callers, string statement)
    {
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, Script(callers, statement));
            var output = await ExecuteAsync(run, script);
            return new(
                Number(Rate().Match(output)),
                P50Ms: Number(Latency().Match(output)),
                P99Ms: null,
                Note: $"{Connections} connections, mean latency in the place of the median");
        }
        finally
        {
            File.Delete(script);
        }
    }

    /// <summary>Each client has entities of its own and raises their versions; the rest is text of the same size.</summary>
    private static string Script(int callers, string statement)
    {
        var sample = SampleAppend.Of(SampleAppend.Entity(0), 0);
        var values = new StringBuilder(statement)
            .Replace("$1", "'wsp_bench'")
            .Replace("$2", "'pln_01jx3v7k9m2n4p6q8r' || :client_id || '.' || :caller")
            .Replace("$3", "(:turn)::bigint")
            .Replace("$4", $"'{sample.Events[0].EventId}'")
            .Replace("$5", $"'{sample.CommandId}'")
            .Replace("$6", $"'{Encoding.UTF8.GetString(SampleAppend.Data)}'::json")
            .Replace("$7", $"'{Encoding.UTF8.GetString(SampleAppend.Meta)}'::json")
            // Without the space pgbench takes it for a variable.
            .Replace(":null", ": null");
        var each = callers / Connections;
        return $"\\set turn :turn + 1\n\\set caller :turn % {each}\n{values};\n";
    }

    private static async Task<string> ExecuteAsync(BenchmarkRun run, string script)
    {
        var target = new NpgsqlConnectionStringBuilder(run.ConnectionString);
        var start = new ProcessStartInfo(Find()) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[
            "-n", "-M", "prepared", "-D", "turn=0", "-c", $"{Connections}", "-j", "2", "-T", run.Seconds.ToString("0", CultureInfo.InvariantCulture),
            "-f", script, "-h", target.Host!, "-p", $"{target.Port}", "-U", target.Username!, target.Database!])
            start.ArgumentList.Add(argument);
        start.Environment["PGPASSWORD"] = target.Password;
        start.Environment["PGOPTIONS"] = "-c role=planning_writer";
        using var pgbench = Process.Start(start)!;
        var output = await pgbench.StandardOutput.ReadToEndAsync();
        var errors = await pgbench.StandardError.ReadToEndAsync();
        await pgbench.WaitForExitAsync();
        return pgbench.ExitCode == 0 ? output : throw new InvalidOperationException($"pgbench failed: {errors}");
    }

    /// <summary>On the path, or where Debian keeps it.</summary>
    private static string Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")) : [])
            .Select(folder => Path.Combine(folder, "pgbench"))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("pgbench is not installed; it comes with the PostgreSQL server or its contrib package.");

    private static double Number(Match match) => double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"tps = (?<number>[0-9.]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rate();

    [GeneratedRegex(@"latency average = (?<number>[0-9.]+) ms", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Latency();
}
