using System.Security.Cryptography;
using Planning.Conformance.Harness;
using Planning.Domain;
using Planning.Engine.Blobs;
using Planning.Engine.InMemory;
using Planning.Postgres.Blobs;
using Xunit;

namespace Planning.Conformance.Stores;

/// <summary>What every blob store must do.</summary>
public abstract class BlobStoreSuite : StoreSuite<IBlobStore>
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3_000_000)]
    public async Task Bytes_come_back_by_their_hash(int size)
    {
        var bytes = Enumerable.Range(0, size).Select(i => (byte)(i * 7)).ToArray();

        var hash = await Store.PutAsync(Sample.Workspace, bytes, default);

        Assert.Equal("sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes)), hash.Value);
        Assert.True((await Store.GetAsync(Sample.Workspace, hash, default))!.Value.Span.SequenceEqual(bytes));
    }

    [Fact]
    public async Task The_same_bytes_twice_are_one_blob()
    {
        var first = await Store.PutAsync(Sample.Workspace, "same"u8.ToArray(), default);

        Assert.Equal(first, await Store.PutAsync(Sample.Workspace, "same"u8.ToArray(), default));
    }

    [Fact]
    public async Task A_blob_of_one_workspace_is_not_there_for_another()
    {
        var hash = await Store.PutAsync(Sample.Workspace, "mine"u8.ToArray(), default);

        Assert.Null(await Store.GetAsync(Sample.OtherWorkspace, hash, default));
        Assert.Null(await Store.GetAsync(Sample.Workspace, ContentHash.From("sha256:" + new string('0', 64)), default));
    }
}

public sealed class InMemoryBlobStoreTests : BlobStoreSuite
{
    protected override IBlobStore InMemory() => new InMemoryBlobStore();
}

public sealed class PostgresBlobStoreTests : BlobStoreSuite
{
    protected override IBlobStore OnPostgres(MigratedDatabase database) => new PostgresBlobStore(database.Pools);

    [Fact]
    public async Task A_blob_that_changed_on_disk_is_never_handed_out()
    {
        var hash = await Store.PutAsync(Sample.Workspace, "sound"u8.ToArray(), default);
        await Database!.ExecuteAsync("alter table planning.blob drop constraint blob_hash_is_its_own; update planning.blob set bytes = 'rotte'");

        await Assert.ThrowsAsync<BlobDamagedException>(async () => await Store.GetAsync(Sample.Workspace, hash, default));
    }
}
