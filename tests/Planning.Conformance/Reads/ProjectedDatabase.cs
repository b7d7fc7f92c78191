using Microsoft.Extensions.Logging.Abstractions;
using Planning.Conformance.Harness;
using Planning.Postgres.Reads;

namespace Planning.Conformance.Reads;

/// <summary>A database whose read models are fed from a history in memory, by whoever holds its lease.</summary>
public sealed class ProjectedDatabase : IAsyncDisposable
{
    public const long LeaseEpoch = 1;

    private readonly MigratedDatabase database;

    private ProjectedDatabase(MigratedDatabase database, History history)
    {
        this.database = database;
        Reads = new PostgresReadModels(database.Pools);
        Projection = NewProjection(history);
    }

    public MigratedDatabase Database => database;

    public PostgresReadModels Reads { get; }

    public ReadModelProjection Projection { get; }

    public static async Task<ProjectedDatabase> CreateAsync(History history)
    {
        var migrated = await MigratedDatabase.CreateAsync();
        await migrated.ExecuteAsync($"update planning.lease set epoch = {LeaseEpoch}");
        return new(migrated, history);
    }

    /// <summary>As after a restart: with nothing in memory.</summary>
    public ReadModelProjection NewProjection(History history, ReadModelOptions? options = null) =>
        new(database.Pools, history.Log, options ?? new(), NullLogger<ReadModelProjection>.Instance);

    /// <summary>All rows of all lists as text.</summary>
    public async Task<string> DumpAsync()
    {
        var rows = new List<string>();
        foreach (var table in new[] { "plan_view", "plan_tag", "plan_word", "gate_run_view", "manifest_view", "cycle_view" })
            rows.Add($"{table}: {await database.ExecuteAsync($"select coalesce(string_agg(t::text, E'\\n' order by t::text), '') from planning.{table} t")}");
        return string.Join('\n', rows);
    }

    public Task EmptyAsync() => database.ExecuteAsync(
        "truncate planning.plan_view, planning.plan_tag, planning.plan_word, planning.gate_run_view, planning.manifest_view, planning.cycle_view; "
        + "delete from planning.consumer_position");

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
