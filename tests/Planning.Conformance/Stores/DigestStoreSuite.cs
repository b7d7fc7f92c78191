using Planning.Conformance.Harness;
using Planning.Domain;
using Planning.Engine.Digests;
using Planning.Engine.InMemory;
using Planning.Postgres.Digests;
using Xunit;

namespace Planning.Conformance.Stores;

/// <summary>What every store of digests must do.</summary>
public abstract class DigestStoreSuite : StoreSuite<IDigestStore>
{
    private static readonly CycleId Cycle = new("cyc_1");

    private static readonly StoredDigest First = new(Sample.Workspace, Cycle, new("sha256:aa"), new("sha256:bb"), 7);

    [Fact]
    public async Task A_digest_is_found_in_its_workspace_alone()
    {
        Assert.Null(await Store.FindAsync(Sample.Workspace, Cycle, default));

        await Store.SaveAsync(First, default);

        Assert.Equal(First, await Store.FindAsync(Sample.Workspace, Cycle, default));
        Assert.Null(await Store.FindAsync(Sample.OtherWorkspace, Cycle, default));
        Assert.Null(await Store.FindAsync(Sample.Workspace, new("cyc_2"), default));
    }

    [Fact]
    public async Task Saving_it_again_replaces_it()
    {
        await Store.SaveAsync(First, default);
        await Store.SaveAsync(First with { Markdown = new("sha256:cc") }, default);

        Assert.Equal("sha256:cc", (await Store.FindAsync(Sample.Workspace, Cycle, default))?.Markdown.Value);
    }
}

public sealed class InMemoryDigestStoreTests : DigestStoreSuite
{
    protected override IDigestStore InMemory() => new InMemoryDigestStore();
}

public sealed class PostgresDigestStoreTests : DigestStoreSuite
{
    protected override IDigestStore OnPostgres(MigratedDatabase database) => new PostgresDigestStore(database.Pools);
}
