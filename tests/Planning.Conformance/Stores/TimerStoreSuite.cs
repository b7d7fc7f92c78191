using Planning.Conformance.Harness;
using Planning.Engine.InMemory;
using Planning.Engine.Timers;
using Planning.Postgres.Timers;
using Xunit;

namespace Planning.Conformance.Stores;

/// <summary>What every timer store must do.</summary>
public abstract class TimerStoreSuite : StoreSuite<ITimerStore>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Due_timers_are_claimed_oldest_first_up_to_the_limit()
    {
        await LeaseEpochIsAsync(1);
        foreach (var minute in new[] { 3, 1, 2, 9 })
            await Store.ScheduleAsync(Timer($"t{minute}", Sample.Noon.AddMinutes(minute)), default);

        Assert.Equal(["t1", "t2"], (await ClaimAsync(Sample.Noon.AddMinutes(5), max: 2)).Select(t => t.Name));
        Assert.Equal(["t3"], (await ClaimAsync(Sample.Noon.AddMinutes(5))).Select(t => t.Name));
    }

    [Fact]
    public async Task A_claimed_timer_comes_back_unless_it_is_completed()
    {
        await LeaseEpochIsAsync(1);
        await Store.ScheduleAsync(Timer("t", Sample.Noon), default);

        var first = Assert.Single(await ClaimAsync(Sample.Noon));
        Assert.Empty(await ClaimAsync(Sample.Noon));
        var second = Assert.Single(await ClaimAsync(Sample.Noon + Minute));
        Assert.Equal((0, 1), (first.Attempt, second.Attempt));

        await Store.CompleteAsync([second], default);
        Assert.Empty(await ClaimAsync(Sample.Noon + Minute + Minute));
        Assert.Null(await Store.NextDueAsync(default));
    }

    [Fact]
    public async Task Completing_an_old_claim_does_not_take_the_timer_from_the_next_one()
    {
        await LeaseEpochIsAsync(1);
        await Store.ScheduleAsync(Timer("t", Sample.Noon), default);
        var frozen = Assert.Single(await ClaimAsync(Sample.Noon));
        await ClaimAsync(Sample.Noon + Minute);

        await Store.CompleteAsync([frozen], default);

        Assert.Equal(Sample.Noon + Minute + Minute, await Store.NextDueAsync(default));
    }

    [Fact]
    public async Task A_timer_that_is_set_anew_outlives_the_completion_of_the_old_one()
    {
        await LeaseEpochIsAsync(1);
        await Store.ScheduleAsync(Timer("t", Sample.Noon), default);
        var claimed = Assert.Single(await ClaimAsync(Sample.Noon));
        await Store.ScheduleAsync(Timer("t", Sample.Noon.AddHours(1)) with { Kind = "reminder", Payload = """{"n":2}"""u8.ToArray() }, default);

        await Store.CompleteAsync([claimed], default);

        var again = Assert.Single(await ClaimAsync(Sample.Noon.AddHours(1)));
        Assert.Equal(("reminder", """{"n":2}""", 0), (again.Kind, again.Payload.Text(), again.Attempt));
    }

    [Fact]
    public async Task Timers_that_fired_are_completed_together_each_for_itself()
    {
        await LeaseEpochIsAsync(1);
        foreach (var name in new[] { "done", "set anew", "left" })
            await Store.ScheduleAsync(Timer(name, Sample.Noon), default);
        await Store.ScheduleAsync(Timer("done", Sample.Noon) with { Workspace = Sample.OtherWorkspace }, default);
        var claimed = await ClaimAsync(Sample.Noon);
        await Store.ScheduleAsync(Timer("set anew", Sample.Noon.AddSeconds(1)), default);

        await Store.CompleteAsync([.. claimed.Where(t => t.Name != "left")], default);

        Assert.Equal(["left", "set anew"], (await ClaimAsync(Sample.Noon.AddHours(1))).Select(t => t.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_cancelled_timer_never_fires()
    {
        await LeaseEpochIsAsync(1);
        await Store.ScheduleAsync(Timer("t", Sample.Noon), default);
        await Store.ScheduleAsync(Timer("t", Sample.Noon) with { Workspace = Sample.OtherWorkspace }, default);

        await Store.CancelAsync(Sample.Workspace, "t", default);

        Assert.Equal(Sample.OtherWorkspace, Assert.Single(await ClaimAsync(Sample.Noon)).Workspace);
    }

    [Fact]
    public async Task A_frozen_lease_holder_claims_nothing()
    {
        await LeaseEpochIsAsync(1);
        await Store.ScheduleAsync(Timer("t1", Sample.Noon), default);
        await Store.ScheduleAsync(Timer("t2", Sample.Noon.AddMinutes(1)), default);
        await LeaseEpochIsAsync(2);
        Assert.Single(await ClaimAsync(Sample.Noon, epoch: 2));

        Assert.Empty(await ClaimAsync(Sample.Noon.AddHours(1), epoch: 1));
        Assert.Equal(2, (await ClaimAsync(Sample.Noon.AddHours(1), epoch: 2)).Count);
    }

    private static DurableTimer Timer(string name, DateTimeOffset due) => new(Sample.Workspace, name, "watchdog", due, """{"n":1}"""u8.ToArray());

    private ValueTask<IReadOnlyList<DurableTimer>> ClaimAsync(DateTimeOffset now, int max = 10, long epoch = 1) =>
        Store.ClaimDueAsync(now, max, Minute, epoch, default);
}

public sealed class InMemoryTimerStoreTests : TimerStoreSuite
{
    protected override ITimerStore InMemory() => new InMemoryTimerStore();
}

public sealed class PostgresTimerStoreTests : TimerStoreSuite
{
    protected override ITimerStore OnPostgres(MigratedDatabase database) => new PostgresTimerStore(database.Pools);
}
