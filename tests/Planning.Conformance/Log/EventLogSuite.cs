using System.Text;
using Planning.Conformance.Harness;
using Planning.Domain;
using Planning.Engine.Log;
using Xunit;

namespace Planning.Conformance.Log;

/// <summary>What every event log must do.</summary>
public abstract class EventLogSuite : IAsyncLifetime
{
    private static readonly EntityKey Plan = Sample.Plan("pln_1");
    private static readonly EntityKey Other = Sample.Plan("pln_2");

    protected IEventLog Log { get; private set; } = null!;

    public async Task InitializeAsync() => Log = await OpenAsync();

    public abstract Task DisposeAsync();

    protected abstract Task<IEventLog> OpenAsync();

    [Fact]
    public async Task An_append_reads_back_as_it_was_given()
    {
        var append = Sample.Append(Plan, 0, ["evt_a", "evt_b"], """{ "b" : 1.0, "a":"\u00e9\ud83d\ude00", "a": null }""") with
        {
            At = new DateTimeOffset(2026, 1, 5, 14, 0, 0, TimeSpan.FromHours(2)).AddTicks(17),
            CommandHash = long.MinValue,
        };

        Assert.Equal(2, await Log.CommittedAsync(append));

        var read = await Log.ReadEntityAsync(Plan, 0, CancellationToken.None);
        Assert.Equal(["evt_a", "evt_b"], read.Select(e => e.EventId));
        var last = read[1];
        Assert.Equal((0, 2L, 2L, Plan), (last.Partition, last.Position, last.Version, last.Entity));
        Assert.Equal(("STATE_TRANSITION", 1, append.CommandId, long.MinValue), (last.Type, last.SchemaVersion, last.CommandId, last.CommandHash));
        Assert.Equal((Sample.Noon.AddMicroseconds(1), TimeSpan.Zero), (last.At, last.At.Offset));
        Assert.Equal((append.Events[1].Data.Text(), append.Meta.Text()), (last.Data.Text(), last.Meta.Text()));
    }

    [Fact]
    public async Task Versions_and_positions_go_on_without_holes()
    {
        Assert.Equal(1, await Log.CommittedAsync(Sample.Append(Plan, 0)));
        Assert.Equal(4, await Log.CommittedAsync(Sample.Append(Other, 0, ["evt_x", "evt_y", "evt_z"])));
        Assert.Equal(5, await Log.CommittedAsync(Sample.Append(Plan, 1)));

        Assert.Equal([1, 2, 3, 4, 5], (await Log.AllAsync()).Select(e => e.Position));
        Assert.Equal([1, 2], (await Log.ReadEntityAsync(Plan, 0, CancellationToken.None)).Select(e => e.Version));
        Assert.Equal(5, await Log.HeadAsync(0, CancellationToken.None));
    }

    [Fact]
    public async Task A_version_that_is_taken_is_a_conflict_and_leaves_nothing()
    {
        await Log.CommittedAsync(Sample.Append(Plan, 0));

        Assert.IsType<AppendOutcome.Conflict>(await Log.OutcomeAsync(Sample.Append(Plan, 0, "other")));

        Assert.Single(await Log.AllAsync());
        Assert.Equal(2, await Log.CommittedAsync(Sample.Append(Plan, 1)));
    }

    [Fact]
    public async Task Several_events_of_which_one_version_is_taken_all_fall()
    {
        await Log.CommittedAsync(Sample.Append(Plan, 0, ["evt_1", "evt_2"]));

        Assert.IsType<AppendOutcome.Conflict>(await Log.OutcomeAsync(Sample.Append(Plan, 1, ["evt_3", "evt_4"])));

        Assert.Equal(2, await Log.HeadAsync(0, CancellationToken.None));
    }

    [Fact]
    public async Task Of_many_appends_of_one_version_exactly_one_wins()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Log.OutcomeAsync(Sample.Append(Plan, 0, $"caller{i}")).AsTask()));

        Assert.Single(outcomes.OfType<AppendOutcome.Committed>());
        Assert.Equal(49, outcomes.OfType<AppendOutcome.Conflict>().Count());
        Assert.Single(await Log.AllAsync());
    }

    [Fact]
    public async Task An_append_decided_in_another_epoch_is_a_conflict()
    {
        Assert.IsType<AppendOutcome.Conflict>(await Log.OutcomeAsync(Sample.Append(Plan, 0) with { Epoch = "another" }));
        Assert.IsType<AppendOutcome.Committed>(await Log.OutcomeAsync(Sample.Append(Plan, 0) with { Epoch = Log.Epoch }));
    }

    [Theory]
    [InlineData("""["no object"]""")]
    [InlineData("""{"a":1""")]
    [InlineData("""{"a":1} {}""")]
    [InlineData("")]
    [InlineData("""{"a":"\u0000"}""")]
    [InlineData("""{"\u0000":1}""")]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"a":"\udc00\ud800"}""")]
    public async Task Data_that_no_reader_could_represent_is_refused(string data)
    {
        var outcome = Assert.IsType<AppendOutcome.InvalidData>(await Log.OutcomeAsync(Sample.Append(Plan, 0, ["evt_1"], data)));

        Assert.NotEmpty(outcome.Message);
        Assert.Empty(await Log.AllAsync());
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_refused()
    {
        byte[] broken = [.. "{\"a\":\""u8, 0xC3, 0x28, .. "\"}"u8];
        var append = Sample.Append(Plan, 0);

        Assert.IsType<AppendOutcome.InvalidData>(await Log.OutcomeAsync(append with { Events = [append.Events[0] with { Data = broken }] }));
        Assert.IsType<AppendOutcome.InvalidData>(await Log.OutcomeAsync(append with { Meta = broken }));
    }

    [Fact]
    public async Task Names_that_cannot_be_keys_are_refused()
    {
        string[] names = ["", "nul\0", "half \ud83d", "half \ud83d and \ufffd", new('x', 201), string.Concat(Enumerable.Repeat("ü", 101))];
        foreach (var name in names)
            Assert.IsType<AppendOutcome.InvalidData>(await Log.OutcomeAsync(Sample.Append(Sample.Plan(name), 0, ["evt_1"])));

        Assert.IsType<AppendOutcome.Committed>(await Log.OutcomeAsync(Sample.Append(Sample.Plan(new('x', 200)), 0, ["evt_1"])));
        Assert.IsType<AppendOutcome.Committed>(await Log.OutcomeAsync(Sample.Append(Sample.Plan("\ufffd😀"), 0, ["evt_2"])));
    }

    [Fact]
    public async Task An_append_without_events_or_above_a_limit_is_refused()
    {
        var append = Sample.Append(Plan, 0);
        var large = Encoding.UTF8.GetBytes($$"""{"a":"{{new string('x', AppendLimits.Default.MaxDataBytes)}}"}""");

        Assert.IsType<AppendOutcome.InvalidData>(await Log.OutcomeAsync(append with { Events = [] }));
        Assert.IsType<AppendOutcome.InvalidData>(await Log.OutcomeAsync(append with { Events = [append.Events[0] with { Data = large }] }));
        Assert.IsType<AppendOutcome.InvalidData>(await Log.OutcomeAsync(append with { Events = [append.Events[0] with { SchemaVersion = 0 }] }));
        Assert.IsType<AppendOutcome.InvalidData>(await Log.OutcomeAsync(append with { ExpectedVersion = -1 }));
    }

    [Fact]
    public async Task A_cancelled_append_is_never_queued()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Log.AppendAsync(Sample.Append(Plan, 0), new CancellationToken(canceled: true)));

        Assert.Equal(0, await Log.HeadAsync(0, CancellationToken.None));
    }

    [Fact]
    public async Task The_same_id_in_another_workspace_is_another_entity()
    {
        await Log.CommittedAsync(Sample.Append(Plan, 0));
        var elsewhere = Sample.Plan("pln_1", Sample.OtherWorkspace);

        await Log.CommittedAsync(Sample.Append(elsewhere, 0));

        Assert.Equal(elsewhere, Assert.Single(await Log.ReadEntityAsync(elsewhere, 0, CancellationToken.None)).Entity);
        Assert.Equal([2], (await Log.ReadWorkspaceAsync(Sample.OtherWorkspace, 0, 10, CancellationToken.None)).Select(e => e.Position));
    }

    [Fact]
    public async Task Reads_start_after_a_position_and_end_at_the_limit()
    {
        for (var i = 0; i < 5; i++)
            await Log.CommittedAsync(Sample.Append(Plan, i));

        Assert.Equal([3, 4], (await Log.ReadAsync(0, 2, 2, CancellationToken.None)).Select(e => e.Position));
        Assert.Equal([3, 4], (await Log.ReadWorkspaceAsync(Sample.Workspace, 2, 2, CancellationToken.None)).Select(e => e.Position));
        Assert.Equal([4, 5], (await Log.ReadEntityAsync(Plan, 3, CancellationToken.None)).Select(e => e.Version));
        Assert.Empty(await Log.ReadAsync(0, 5, 10, CancellationToken.None));
        Assert.Empty(await Log.ReadEntityAsync(Other, 0, CancellationToken.None));
    }

    [Fact]
    public async Task Subscribers_hear_of_a_commit_with_its_events_before_the_caller()
    {
        var heard = new List<StoredEvent>();
        Log.EventsCommitted += committed =>
        {
            lock (heard)
                heard.AddRange(committed.Events);
        };

        await Log.CommittedAsync(Sample.Append(Plan, 0, ["evt_1", "evt_2"]));

        lock (heard)
            Assert.Equal([1, 2], heard.Select(e => e.Position));
    }

    [Fact]
    public async Task A_subscriber_that_fails_harms_nobody()
    {
        var heard = 0;
        Log.EventsCommitted += _ => throw new InvalidOperationException("broken subscriber");
        Log.EventsCommitted += committed => Interlocked.Add(ref heard, committed.Events.Count);

        await Log.CommittedAsync(Sample.Append(Plan, 0));

        Assert.Equal(1, Volatile.Read(ref heard));
    }

    [Fact]
    public async Task Many_callers_at_once_each_get_their_own_history()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async caller =>
        {
            for (var version = 0; version < 10; version++)
                await Log.CommittedAsync(Sample.Append(Sample.Plan($"pln_{caller}"), version));
        }));

        var all = await Log.AllAsync();
        Assert.Equal(Enumerable.Range(1, 400).Select(i => (long)i), all.Select(e => e.Position));
        Assert.All(all.GroupBy(e => e.Entity), history => Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), history.Select(e => e.Version)));
    }
}

public sealed class InMemoryEventLogTests : EventLogSuite
{
    public override Task DisposeAsync() => Task.CompletedTask;

    protected override Task<IEventLog> OpenAsync() => Task.FromResult<IEventLog>(new Engine.InMemory.InMemoryEventLog());
}

public sealed class PostgresEventLogTests : EventLogSuite
{
    private MigratedDatabase database = null!;

    public override async Task DisposeAsync()
    {
        await ((IAsyncDisposable)Log).DisposeAsync();
        await database.DisposeAsync();
    }

    protected override async Task<IEventLog> OpenAsync()
    {
        database = await MigratedDatabase.CreateAsync();
        return await database.OpenLogAsync();
    }
}
