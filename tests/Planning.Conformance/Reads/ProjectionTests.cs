using Npgsql;
using System.Security.Cryptography;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Leases;
using Planning.Engine.Log;
using Planning.Engine.Pump;
using Planning.Engine.Reads;
using Planning.Postgres.Reads;
using Xunit;

namespace Planning.Conformance.Reads;

/// <summary>How the tables follow the log: once, in order, also after restarts and around what cannot be applied.</summary>
public sealed class ProjectionTests : IAsyncLifetime
{
    private History history = new();
    private ProjectedDatabase database = null!;

    public async Task InitializeAsync() => database = await ProjectedDatabase.CreateAsync(history);

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    [Fact]
    public async Task Building_the_tables_anew_gives_the_same_rows()
    {
        history = await RandomHistory.MakeAsync(seed: 4, commands: 300);
        await FeedAsync(database.NewProjection(history), () => 50);
        var rows = await database.DumpAsync();

        await database.EmptyAsync();
        Assert.NotEqual(rows, await database.DumpAsync());
        await FeedAsync(database.NewProjection(history), () => 2_000);

        Assert.Equal(rows, await database.DumpAsync());
    }

    [Fact]
    public async Task Starting_over_without_emptying_the_tables_gives_the_same_rows()
    {
        history = await RandomHistory.MakeAsync(seed: 5, commands: 200);
        await FeedAsync(database.NewProjection(history), () => 2_000);
        var rows = await database.DumpAsync();

        await database.Database.ExecuteAsync("delete from planning.consumer_position");
        await FeedAsync(database.NewProjection(history), () => 2_000);

        Assert.Equal(rows, await database.DumpAsync());
    }

    [Fact]
    public async Task A_process_that_restarts_after_each_batch_and_remembers_nothing_writes_the_same_rows()
    {
        history = await RandomHistory.MakeAsync(seed: 6, commands: 200);
        await FeedAsync(database.NewProjection(history), () => 2_000);
        var rows = await database.DumpAsync();
        await database.EmptyAsync();

        var forgetful = database.NewProjection(history, new ReadModelOptions { MaxTrackedBytes = 0 });
        await FeedAsync(forgetful, () => 7);

        Assert.Equal(rows, await database.DumpAsync());
    }

    [Fact]
    public async Task Who_has_lost_the_lease_applies_nothing()
    {
        await history.CreateAsync("pln_1");
        await FeedAsync(database.Projection);
        var rows = await database.DumpAsync();
        await history.CreateAsync("pln_2");
        var batch = new EventBatch(0, 1, await history.Log.ReadAsync(0, 1, 10, default), ProjectedDatabase.LeaseEpoch);

        await database.Database.ExecuteAsync($"update planning.lease set epoch = {ProjectedDatabase.LeaseEpoch + 1}");

        await Assert.ThrowsAsync<LeaseLostException>(async () => await database.Projection.HandleAsync(batch, default));
        Assert.Equal(rows, await database.DumpAsync());
        Assert.Equal(1, await database.Projection.PositionAsync(0, default));
    }

    [Fact]
    public async Task A_batch_that_comes_again_is_refused_and_changes_nothing()
    {
        await history.CreateAsync("pln_1");
        var batch = new EventBatch(0, 0, await history.Log.ReadAsync(0, 0, 10, default), ProjectedDatabase.LeaseEpoch);
        await database.Projection.HandleAsync(batch, default);
        var rows = await database.DumpAsync();

        await Assert.ThrowsAsync<LeaseLostException>(async () => await database.Projection.HandleAsync(batch, default));

        Assert.Equal(rows, await database.DumpAsync());
    }

    [Theory]
    [InlineData("Cards", null)]
    [InlineData(null, 1)]
    public async Task A_row_that_somebody_has_deleted_comes_back_with_the_next_try(string? title, int? priority)
    {
        await history.CreateAsync("pln_1");
        await FeedAsync(database.Projection);
        await history.PlanAsync("pln_1", new PlanCommand.Update(new GateRunId("gtr_1"), Title: title, Priority: priority));
        var batch = new EventBatch(0, 1, await history.Log.ReadAsync(0, 1, 10, default), ProjectedDatabase.LeaseEpoch);

        await database.Database.ExecuteAsync("delete from planning.plan_view");

        await Assert.ThrowsAnyAsync<Exception>(async () => await database.Projection.HandleAsync(batch, default));
        await FeedAsync(database.Projection);
        Assert.Equal([$"pln_1 {title ?? "Payments"}"], await TitlesAsync());
        Assert.IsType<DBNull>(await ParkedAsync());
    }

    [Fact]
    public async Task A_holder_that_is_frozen_in_the_middle_of_a_batch_is_ended()
    {
        await history.CreateAsync("pln_1");
        await FeedAsync(database.Projection);
        await history.PlanAsync("pln_1", new PlanCommand.Update(new GateRunId("gtr_1"), Title: "Cards"));
        await using var frozen = await database.Database.OpenAsync();
        await using var transaction = await frozen.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("update planning.consumer_position set position = position", frozen, transaction))
            await hold.ExecuteNonQueryAsync();
        var batch = new EventBatch(0, 1, await history.Log.ReadAsync(0, 1, 10, default), ProjectedDatabase.LeaseEpoch);

        await Assert.ThrowsAsync<PostgresException>(async () => await database.Projection.HandleAsync(batch, default));
        await FeedAsync(database.Projection);

        Assert.Equal(["pln_1 Cards"], await TitlesAsync());
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => transaction.CommitAsync());
    }

    [Fact]
    public async Task An_event_that_nobody_can_read_is_parked_and_only_its_entity_waits()
    {
        await history.CreateAsync("pln_1", "Cards");
        await AppendUnreadableAsync("pln_1", version: 1);
        await history.CreateAsync("pln_2");
        await FeedAsync(database.Projection);
        await AppendAsync("pln_1", version: 2, "PLAN_UPDATED", """{"title":"Later"}""");
        await history.PlanAsync("pln_2", new PlanCommand.Update(new GateRunId("gtr_1"), Title: "Goes on"));
        await FeedAsync(database.Projection);

        Assert.Equal(["pln_2 Goes on", "pln_1 Cards"], await TitlesAsync());
        Assert.Equal("2 evt_PLAN_UNHEARD_OF", await ParkedAsync());
    }

    [Fact]
    public async Task An_entity_still_waits_behind_its_parked_event_after_a_restart()
    {
        await history.CreateAsync("pln_1", "Cards");
        await AppendUnreadableAsync("pln_1", version: 1);
        await FeedAsync(database.Projection);
        await AppendAsync("pln_1", version: 2, "PLAN_UPDATED", """{"title":"Later"}""");
        await FeedAsync(database.NewProjection(history));

        Assert.Equal(["pln_1 Cards"], await TitlesAsync());
        Assert.Equal("2 evt_PLAN_UNHEARD_OF", await ParkedAsync());
    }

    [Fact]
    public async Task A_row_that_the_tables_refuse_is_parked_and_its_neighbours_are_written()
    {
        for (var i = 1; i <= 9; i++)
            await history.CreateAsync($"pln_{i}", stream: i is 3 or 8 ? Convert.ToHexString(RandomNumberGenerator.GetBytes(9_000)) : "payments");
        await FeedAsync(database.Projection);

        Assert.Equal(7L, await database.Database.ExecuteAsync("select count(*) from planning.plan_view"));
        Assert.Equal("3,8", await database.Database.ExecuteAsync("select string_agg(position::text, ',' order by position) from planning.parked_event where reason like '%index%'"));
        Assert.Equal(9, await database.Projection.PositionAsync(0, default));
    }

    private async Task FeedAsync(ReadModelProjection projection, Func<int>? batchSize = null) =>
        await history.FeedAsync(projection, ProjectedDatabase.LeaseEpoch, batchSize);

    private Task AppendUnreadableAsync(string plan, long version) => AppendAsync(plan, version, "PLAN_UNHEARD_OF", "{}");

    /// <summary>As another release would write it.</summary>
    private async Task AppendAsync(string plan, long version, string type, string data)
    {
        var append = Harness.Sample.Append(EntityKey.Of(History.Workspace, new PlanId(plan)), version, [$"evt_{type}"], data);
        var outcome = await history.Log.AppendAsync(append with { Events = [append.Events[0] with { Type = type }] }, default);
        Assert.IsType<AppendOutcome.Committed>(outcome);
    }

    private async Task<IEnumerable<string>> TitlesAsync() =>
        (await database.Reads.ListPlansAsync(History.Workspace, new PlanFilter(), new PageRequest(null, 10), default)).Items.Select(p => $"{p.Id} {p.Title}");

    private Task<object?> ParkedAsync() => database.Database.ExecuteAsync("select string_agg(position || ' ' || event_id, ',') from planning.parked_event");
}
