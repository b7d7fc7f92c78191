using System.Globalization;
using Npgsql;
using Planning.Benchmarks.Harness;

namespace Planning.Cluster.Benchmarks.Cluster;

/// <summary>Processor time a call, by who used it; other than calls per second it hardly depends on what else the machine does.</summary>
internal sealed class ProcessorTimes
{
    private readonly IReadOnlyList<ServedProcess> silos;
    private readonly int? postgres;
    private readonly TimeSpan silosBefore, selfBefore, postgresBefore;

    private ProcessorTimes(IReadOnlyList<ServedProcess> silos, int? postgres)
    {
        (this.silos, this.postgres) = (silos, postgres);
        (silosBefore, selfBefore, postgresBefore) = (Silos(), Environment.CpuUsage.TotalTime, Postgres());
    }

    public static async Task<ProcessorTimes> StartAsync(SiloProcesses silos, string database) => new(silos.Processes, await PostmasterAsync(database));

    /// <param name="calls">All since the start.</param>
    public string Each(long calls)
    {
        return $"processor time a call: silos {Share(Silos() - silosBefore)}, load {Share(Environment.CpuUsage.TotalTime - selfBefore)}, PostgreSQL {Share(Postgres() - postgresBefore)}";

        string Share(TimeSpan used) => string.Create(CultureInfo.InvariantCulture, $"{used.TotalMicroseconds / calls:N0} µs");
    }

    private TimeSpan Silos() => TimeSpan.FromTicks(silos.Sum(silo => silo.ProcessorTime().Ticks));

    /// <summary>The postmaster, its processes, and those that have ended; nothing where it runs elsewhere.</summary>
    private TimeSpan Postgres()
    {
        if (postgres is not { } postmaster)
            return TimeSpan.Zero;
        const double TicksPerSecond = 100;
        var ticks = 0d;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _)))
        {
            if (Fields(folder) is not { } fields)
                continue;
            var own = Path.GetFileName(folder) == postmaster.ToString(CultureInfo.InvariantCulture);
            if (own || int.Parse(fields[1], CultureInfo.InvariantCulture) == postmaster)
                ticks += fields[11..(own ? 15 : 13)].Sum(field => double.Parse(field, CultureInfo.InvariantCulture));
        }
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    private static async Task<int?> PostmasterAsync(string database)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return Fields($"/proc/{connection.ProcessID}") is { } fields ? int.Parse(fields[1], CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Of proc's stat, from the process's state on; null for a process that is gone.</summary>
    private static string[]? Fields(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
