using Planning.Conformance.Harness;
using Planning.Engine.InMemory;
using Planning.Engine.Leases;
using Planning.Engine.Log;
using Planning.Engine.Pump;
using Planning.Postgres.Pump;
using Xunit;

namespace Planning.Conformance.Stores;

/// <summary>What every store of positions must do.</summary>
public abstract class ConsumerPositionsSuite : StoreSuite<IConsumerPositions>
{
    [Fact]
    public async Task A_position_moves_only_from_where_it_stands()
    {
        await LeaseEpochIsAsync(1);

        Assert.Equal(0, await Store.LoadAsync("reactor", 0, default));
        Assert.False(await Store.AdvanceAsync("reactor", 0, from: 5, to: 10, leaseEpoch: 1, default));
        Assert.True(await Store.AdvanceAsync("reactor", 0, from: 0, to: 10, leaseEpoch: 1, default));
        Assert.False(await Store.AdvanceAsync("reactor", 0, from: 0, to: 12, leaseEpoch: 1, default));
        Assert.True(await Store.AdvanceAsync("reactor", 0, from: 10, to: 12, leaseEpoch: 1, default));
        Assert.Equal(12, await Store.LoadAsync("reactor", 0, default));
    }

    [Fact]
    public async Task Consumers_and_partitions_stand_on_their_own()
    {
        await LeaseEpochIsAsync(1);

        Assert.True(await Store.AdvanceAsync("one", 0, 0, 10, 1, default));
        Assert.True(await Store.AdvanceAsync("one", 1, 0, 20, 1, default));
        Assert.True(await Store.AdvanceAsync("two", 0, 0, 30, 1, default));

        Assert.Equal((10, 20, 30), (await Store.LoadAsync("one", 0, default), await Store.LoadAsync("one", 1, default), await Store.LoadAsync("two", 0, default)));
    }

    [Fact]
    public async Task A_frozen_lease_holder_moves_nothing()
    {
        await LeaseEpochIsAsync(1);
        await Store.AdvanceAsync("reactor", 0, 0, 10, leaseEpoch: 1, default);
        await LeaseEpochIsAsync(2);
        await Store.AdvanceAsync("reactor", 0, 10, 11, leaseEpoch: 2, default);

        Assert.False(await Store.AdvanceAsync("reactor", 0, 11, 12, leaseEpoch: 1, default));
        Assert.Equal(11, await Store.LoadAsync("reactor", 0, default));
    }

    [Fact]
    public async Task A_parked_event_can_be_taken_out_once()
    {
        var poison = StoredEvent.Of(Sample.Append(Sample.Plan("pln_1"), 0), 0, 0, 7);

        await Store.ParkAsync("reactor", poison, "could not be read", default);
        await Store.ParkAsync("reactor", poison, "could still not be read", default);

        Assert.False(await Store.UnparkAsync("other", 0, 7, default));
        Assert.True(await Store.UnparkAsync("reactor", 0, 7, default));
        Assert.False(await Store.UnparkAsync("reactor", 0, 7, default));
    }
}

public sealed class InMemoryConsumerPositionsTests : ConsumerPositionsSuite
{
    protected override IConsumerPositions InMemory() => new InMemoryConsumerPositions();
}

public sealed class PostgresConsumerPositionsTests : ConsumerPositionsSuite
{
    protected override IConsumerPositions OnPostgres(MigratedDatabase database) => new PostgresConsumerPositions(database.Pools);

    [Fact]
    public async Task An_effect_and_its_position_stand_or_fall_together()
    {
        await LeaseEpochIsAsync(3);
        var happened = StoredEvent.Of(Sample.Append(Sample.Plan("pln_1"), 0), 0, 0, 1);

        await ApplyAsync(new(0, 0, [happened], 3));
        await Assert.ThrowsAsync<LeaseLostException>(() => ApplyAsync(new(0, 0, [happened], 3)));
        await Assert.ThrowsAsync<LeaseLostException>(() => ApplyAsync(new(0, 1, [happened with { Position = 2 }], 2)));

        Assert.Equal(1L, await Database!.ExecuteAsync("select count(*) from planning.timer"));
        Assert.Equal(1, await Store.LoadAsync("projection", 0, default));
    }

    /// <summary>The effect is a row.</summary>
    private async Task ApplyAsync(EventBatch batch)
    {
        await using var connection = await Database!.Pools.Consumer.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var effect = new Npgsql.NpgsqlCommand(
            "insert into planning.timer (workspace, name, kind, due_at, visible_at, payload) values ('wsp_one', gen_random_uuid()::text, 'k', now(), now(), '{}')", connection, transaction);
        await effect.ExecuteNonQueryAsync();
        await PostgresConsumerPositions.AdvanceAsync(transaction, "projection", batch, default);
        await transaction.CommitAsync();
    }
}
