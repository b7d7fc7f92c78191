using Planning.Domain;
using Planning.Engine.Handoff.Packs;
using Planning.Engine.InMemory;
using Planning.Engine.Tests.Handoff.Support;
using Xunit;

namespace Planning.Engine.Tests.Handoff.Packs;

public sealed class PackWriterTests
{
    private readonly HandoffWorld world = new();

    [Fact]
    public async Task The_same_history_gives_the_same_bytes()
    {
        var id = await world.SealAsync();

        Assert.Equal(await world.PackAsync(id), await world.PackAsync(id));
    }

    [Fact]
    public async Task What_comes_after_the_seal_changes_the_pack_but_not_the_manifest()
    {
        var id = await world.SealAsync();
        var before = await world.PackAsync(id);
        await world.ExecuteAsync();

        var after = await world.PackAsync(id);

        Assert.NotEqual(before, after);
        Assert.Equal(Summary(before).ManifestDigest, Summary(after).ManifestDigest);
    }

    [Fact]
    public async Task A_superseded_manifest_keeps_its_own_artifacts()
    {
        var id = await world.SealAsync();
        await world.EditAsync("be_backlog.yaml", "tasks: [1]\n", "run_again");

        Assert.IsType<PackVerdict.Verified>(PackVerifier.Verify(await world.PackAsync(id), SealedPack.Trust));
    }

    [Fact]
    public async Task An_unknown_manifest_is_refused() =>
        Assert.Equal("manifest_not_found", (await world.Packs.WriteAsync(HandoffWorld.Workspace, new ManifestId("hnd_x"), default)).Refused?.Code);

    [Fact]
    public async Task A_manifest_that_is_not_sealed_is_refused_with_who_is_missing()
    {
        var refused = (await world.Packs.WriteAsync(HandoffWorld.Workspace, await world.PackageAsync(), default)).Refused!;

        Assert.Equal("manifest_not_sealed", refused.Code);
        Assert.Contains("planning_lead, technical_reviewer", refused.Message);
    }

    [Theory]
    [InlineData(true, "the document of manifest")]
    [InlineData(false, "The registration of key")]
    public async Task What_is_gone_from_the_stores_is_named(bool blobsGone, string what)
    {
        var id = await world.SealAsync();
        var packs = blobsGone
            ? new PackWriter(world.Host, world.Log, new InMemoryBlobStore(), world.Directory)
            : new PackWriter(world.Host, world.Log, world.Blobs, new InMemoryDirectory());

        var refused = (await packs.WriteAsync(HandoffWorld.Workspace, id, default)).Refused!;

        Assert.Equal("pack_source_missing", refused.Code);
        Assert.StartsWith(what, refused.Message);
    }

    private static PackSummary Summary(byte[] pack) =>
        Assert.IsType<PackVerdict.Verified>(PackVerifier.Verify(pack, SealedPack.Trust)).Summary;
}
