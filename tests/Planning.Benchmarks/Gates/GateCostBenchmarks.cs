using System.Diagnostics;
using Npgsql;
using Planning.Benchmarks.Harness;
using Planning.Testing;

namespace Planning.Benchmarks.Gates;

/// <summary>
/// All gates over one plan among 1,000 and among 100,000, in turns: how much longer they take, and whether they read more rows.
/// Cold, so that the database is asked for everything.
/// </summary>
internal static class GateCostBenchmarks
{
    private const int Few = 1_000;
    private const int Many = 100_000;

    public static IReadOnlyList<Benchmark> All { get; } = [new($"gates.plans.{Many}", RunAsync)];

    private static async Task<Measured> RunAsync(BenchmarkRun run)
    {
        await using var other = await BenchmarkDatabase.CreateAsync(run.ConnectionString, slowCommits: false);
        var (few, many) = (await FilledAsync(Few, run.ConnectionString), await FilledAsync(Many, other.ConnectionString));
        var rows = (Few: await RowsAsync(few), Many: await RowsAsync(many));

        await using var amongFew = await GatedPlan.ReopenAsync(few);
        await using var amongMany = await GatedPlan.ReopenAsync(many);
        var (inFew, inMany) = (new List<double>(), new List<double>());
        var start = Stopwatch.GetTimestamp();
        for (var round = 0; round < 20 || Stopwatch.GetElapsedTime(start).TotalSeconds < run.Seconds; round++)
        {
            var (fewTook, manyTook) = (await RoundAsync(amongFew), await RoundAsync(amongMany));
            // Nobody has compiled or connected before the first.
            if (round >= 5)
            {
                inFew.Add(fewTook);
                inMany.Add(manyTook);
            }
        }
        var (medianOfFew, medianOfMany) = (Median(inFew), Median(inMany));
        return new Measured(
            medianOfMany / medianOfFew, medianOfMany, null, "×",
            $"{medianOfFew:N2} ms among {Few:N0} plans, {medianOfMany:N2} ms among {Many:N0}; {rows.Few} and {rows.Many} rows read; {inFew.Count} rounds each");
    }

    private static async Task<string> FilledAsync(int plans, string connectionString)
    {
        (string, string)[] artifacts =
            [.. Directory.GetFiles(Repository.At("schemas", "examples", "payments-q1")).Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), File.ReadAllText(path)))];
        await using (await GatedPlan.AmongAsync(plans, connectionString, artifacts))
        {
            // Its lists are complete; what follows begins anew.
        }
        await ScalarAsync(connectionString, "analyze");
        return connectionString;
    }

    private static async Task<double> RoundAsync(GatedPlan plan)
    {
        plan.Forget();
        var start = Stopwatch.GetTimestamp();
        await plan.RunAllAsync();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Rows and entries of indexes that one round reads, on a server that has just started.</summary>
    private static async Task<long> RowsAsync(string connectionString)
    {
        var before = await ReadAsync(connectionString);
        await using (await GatedPlan.ReopenAsync(connectionString))
        {
            // What starting and stopping reads.
        }
        var idle = await ReadAsync(connectionString) - before;
        await using (var plan = await GatedPlan.ReopenAsync(connectionString))
            await plan.RunAllAsync();
        return await ReadAsync(connectionString) - before - (2 * idle);
    }

    /// <summary>A session's figures are complete when it has ended.</summary>
    private static async Task<long> ReadAsync(string connectionString)
    {
        NpgsqlConnection.ClearAllPools();
        while (await ScalarAsync(connectionString, "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'") > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        return await ScalarAsync(connectionString, "select (select sum(seq_tup_read) from pg_stat_user_tables)::bigint + (select sum(idx_tup_read) from pg_stat_user_indexes)::bigint");
    }

    private static async Task<long> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() as long? ?? 0;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
