using Microsoft.Extensions.Logging.Abstractions;
using Planning.Conformance.Harness;
using Planning.Engine.InMemory;
using Planning.Engine.Leases;
using Planning.Postgres.Leases;
using Xunit;

namespace Planning.Conformance.Stores;

/// <summary>What every lease must do.</summary>
public abstract class LeaseSuite : StoreSuite<ILease>
{
    [Fact]
    public async Task One_holds_it_and_the_next_comes_after_with_a_higher_epoch()
    {
        var first = await Store.AcquireAsync("one", default);
        var second = Store.AcquireAsync("two", default).AsTask();
        Assert.False(second.IsCompleted);

        await first.ReleaseAsync();

        var held = await second;
        Assert.Equal(("two", first.Epoch + 1), (held.Holder, held.Epoch));
        Assert.False(held.Lost.IsCancellationRequested);
        await held.ReleaseAsync();
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        var held = await Store.AcquireAsync("one", default);
        using var stop = new CancellationTokenSource();
        var waiting = Store.AcquireAsync("two", stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await held.ReleaseAsync();
    }
}

public sealed class InMemoryLeaseTests : LeaseSuite
{
    protected override ILease InMemory() => new InMemoryLease();
}

public sealed class PostgresLeaseTests : LeaseSuite
{
    private static readonly LeaseOptions Fast = new()
    {
        Duration = TimeSpan.FromSeconds(1), RenewEvery = TimeSpan.FromMilliseconds(100), TryEvery = TimeSpan.FromMilliseconds(20),
    };

    [Fact]
    public async Task A_holder_that_stops_renewing_is_told_and_superseded()
    {
        var time = new Testing.FakeTime();
        var frozen = await new PostgresLease(Database!.Pools, Fast, time, NullLogger<PostgresLease>.Instance).AcquireAsync("frozen", default);

        // Its clock stands still, so it never renews; the database's clock goes on.
        var next = await Store.AcquireAsync("next", default);
        Assert.Equal(frozen.Epoch + 1, next.Epoch);

        var lost = new TaskCompletionSource();
        frozen.Lost.Register(lost.SetResult);
        time.Advance(Fast.Duration);
        await lost.Task;
        Assert.False(next.Lost.IsCancellationRequested);
        await next.ReleaseAsync();
    }

    [Fact]
    public async Task A_holder_is_told_when_somebody_has_taken_it()
    {
        var held = await Store.AcquireAsync("one", default);
        var lost = new TaskCompletionSource();
        held.Lost.Register(lost.SetResult);

        await Database!.ExecuteAsync("update planning.lease set holder = 'other', epoch = epoch + 1, expires_at = 'infinity'");

        await lost.Task;
        await held.ReleaseAsync();
        Assert.Equal("other", await Database.ExecuteAsync("select holder from planning.lease where expires_at = 'infinity'"));
    }

    [Fact]
    public async Task A_holder_that_renews_keeps_it_longer_than_its_duration()
    {
        var held = await Store.AcquireAsync("one", default);
        var first = (DateTime)(await Database!.ExecuteAsync("select expires_at from planning.lease"))!;

        while (!held.Lost.IsCancellationRequested && (DateTime)(await Database.ExecuteAsync("select expires_at from planning.lease"))! < first + Fast.Duration)
            await Task.Yield();

        Assert.False(held.Lost.IsCancellationRequested);
        await held.ReleaseAsync();
    }

    protected override ILease OnPostgres(MigratedDatabase database) =>
        new PostgresLease(database.Pools, Fast, TimeProvider.System, NullLogger<PostgresLease>.Instance);
}
