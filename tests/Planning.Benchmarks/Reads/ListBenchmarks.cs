using Npgsql;
using Planning.Benchmarks.Harness;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Reads;
using Planning.Postgres;
using Planning.Postgres.Reads;

namespace Planning.Benchmarks.Reads;

/// <summary>Lists with 100,000 plans in the database, each filter in turn, under row-level security.</summary>
internal static class ListBenchmarks
{
    private const int Plans = 100_000;
    private const int Callers = 4;

    private static readonly PlanFilter[] Filters =
    [
        new(),
        new(Status: PlanStatus.Packaged),
        new(Stream: "stream-7"),
        new(CycleId: new CycleId("cycle-3")),
        new(Author: new PersonId("author-11")),
        new(Priority: 1),
        new(Tag: KeyValuePair.Create("criticality", "1")),
        new(Text: "word77"),
        new(Status: PlanStatus.Executed, Stream: "stream-2"),
    ];

    public static IReadOnlyList<Benchmark> All { get; } = [new("list.100000", RunAsync)];

    private static async Task<Measured> RunAsync(BenchmarkRun run)
    {
        await FillAsync(run.ConnectionString);
        await using var database = new PlanningDatabase(new DatabaseOptions { ConnectionString = run.ConnectionString });
        var reads = new PostgresReadModels(database);
        var next = 0;
        return await ClosedLoop.RunAsync(Callers, run.Seconds, async _ =>
        {
            var filter = Filters[Interlocked.Increment(ref next) % Filters.Length];
            var page = await reads.ListPlansAsync(new WorkspaceId("bench"), filter, new PageRequest(null, 50), CancellationToken.None);
            if (page.Items.IsEmpty)
                throw new InvalidOperationException($"{filter} found nothing.");
        });
    }

    private static async Task FillAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync();
        await using var fill = new NpgsqlCommand(
            $$"""
            set role planning_consumer;
            insert into planning.plan_view (workspace, id, title, stream, status, closed, priority, author, cycle, tags, task_count, points,
                content_hash, version, position, created_position, created_at, updated_at)
            select 'bench', 'pln_' || i, 'Plan word' || i % 500, 'stream-' || i % 20, (array['PLANNED', 'PACKAGED', 'EXECUTED'])[1 + i % 3], false, i % 4,
                'author-' || i % 50, 'cycle-' || i % 10, '{}', 3, 8, 'sha256:0', 1, i, i, now(), now()
            from generate_series(1, {{Plans}}) i;
            insert into planning.plan_tag select 'bench', i, 'criticality', (i % 4)::text from generate_series(1, {{Plans}}) i;
            insert into planning.plan_word select 'bench', i, w from generate_series(1, {{Plans}}) i, unnest(array['plan', 'word' || i % 500]) w;
            reset role;
            analyze planning.plan_view, planning.plan_tag, planning.plan_word;
            """,
            connection);
        await fill.ExecuteNonQueryAsync();
    }
}
