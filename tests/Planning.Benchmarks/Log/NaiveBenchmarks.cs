using Npgsql;
using Planning.Benchmarks.Harness;
using Planning.Postgres;

namespace Planning.Benchmarks.Log;

/// <summary>
/// What group commit is compared with: the same effect with one transaction for each command, the statement prepared,
/// over the same pool. pgbench with the same statement shows how much of that the client costs.
/// </summary>
internal static class NaiveBenchmarks
{
    private const string Statement =
        """
        with head as (
            update planning.partition_head set position = position + 1 where partition = 0 returning position
        )
        insert into planning.event (
            position, partition, workspace, kind, entity, version, event_id, type, schema_version, command_id, command_hash, at, data, meta)
        select head.position, 0, $1, 1::smallint, $2, $3, $4, 'STATE_TRANSITION', 1, $5, $3 * 31, now(), $6, $7 from head
        """;

    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new("pgbench.256", run => Pgbench.RunAsync(run, 256, Statement)),
        new("naive.256", run => RunAsync(run, 256), "pgbench.256"),
    ];

    private static async Task<Measured> RunAsync(BenchmarkRun run, int callers)
    {
        // Callers queue at the head's row here; the waits must not be cut short.
        await using var database = new PlanningDatabase(new()
        {
            ConnectionString = run.ConnectionString,
            MaxWriterConnections = Pgbench.Connections,
            LockTimeout = TimeSpan.FromSeconds(50),
            StatementTimeout = TimeSpan.FromSeconds(55),
            AnswerTimeout = TimeSpan.FromSeconds(60),
        });
        var entities = Enumerable.Range(0, callers).Select(SampleAppend.Entity).ToArray();
        var versions = new long[callers];
        return await ClosedLoop.RunAsync(callers, run.Seconds, async caller =>
        {
            var append = SampleAppend.Of(entities[caller], versions[caller]);
            await using var command = database.Writer.CreateCommand(Statement);
            command.Parameters.Add(new() { Value = append.Entity.Workspace.Value });
            command.Parameters.Add(new() { Value = append.Entity.Id });
            command.Parameters.Add(new() { Value = ++versions[caller] });
            command.Parameters.Add(new() { Value = append.Events[0].EventId });
            command.Parameters.Add(new() { Value = append.CommandId });
            command.Parameters.Add(new() { Value = append.Events[0].Data, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Json });
            command.Parameters.Add(new() { Value = append.Meta, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Json });
            if (await command.ExecuteNonQueryAsync() != 1)
                throw new InvalidOperationException("The event was not written.");
        });
    }
}
