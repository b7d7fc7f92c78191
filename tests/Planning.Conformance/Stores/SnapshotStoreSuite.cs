using Planning.Conformance.Harness;
using Planning.Engine.Entities;
using Planning.Engine.InMemory;
using Planning.Postgres.Entities;
using Xunit;

namespace Planning.Conformance.Stores;

/// <summary>What every snapshot store must do.</summary>
public abstract class SnapshotStoreSuite : StoreSuite<ISnapshotStore>
{
    [Fact]
    public async Task A_snapshot_is_found_by_entity_and_fold_version()
    {
        await Store.SaveAsync([Snapshot("pln_1", fold: 1, version: 5), Snapshot("pln_1", fold: 2, version: 3), Snapshot("pln_2", fold: 1, version: 9)], default);

        Assert.Equal(5, await VersionAsync("pln_1", fold: 1));
        Assert.Equal(3, await VersionAsync("pln_1", fold: 2));
        Assert.Null(await VersionAsync("pln_1", fold: 3));
        Assert.Null(await Store.LoadAsync(Sample.Plan("pln_1", Sample.OtherWorkspace), 1, default));
    }

    [Fact]
    public async Task Only_a_newer_one_replaces_it()
    {
        await Store.SaveAsync([Snapshot("pln_1", 1, 5)], default);

        await Store.SaveAsync([Snapshot("pln_1", 1, 4)], default);
        Assert.Equal(5, await VersionAsync("pln_1", 1));

        await Store.SaveAsync([Snapshot("pln_1", 1, 6), Snapshot("pln_1", 1, 8), Snapshot("pln_1", 1, 7)], default);
        Assert.Equal("""{"v":8}""", (await Store.LoadAsync(Sample.Plan("pln_1"), 1, default))!.State.Text());
    }

    private static EntitySnapshot Snapshot(string id, int fold, long version) =>
        new(Sample.Plan(id), fold, version, System.Text.Encoding.UTF8.GetBytes($$"""{"v":{{version}}}"""));

    private async Task<long?> VersionAsync(string id, int fold) => (await Store.LoadAsync(Sample.Plan(id), fold, default))?.Version;
}

public sealed class InMemorySnapshotStoreTests : SnapshotStoreSuite
{
    protected override ISnapshotStore InMemory() => new InMemorySnapshotStore();
}

public sealed class PostgresSnapshotStoreTests : SnapshotStoreSuite
{
    protected override ISnapshotStore OnPostgres(MigratedDatabase database) => new PostgresSnapshotStore(database.Pools);
}
