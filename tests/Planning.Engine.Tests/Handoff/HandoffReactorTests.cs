using Planning.Domain;
using Planning.Domain.Handoff;
using Planning.Engine.Handoff;
using Planning.Engine.Tests.Handoff.Support;
using Xunit;

namespace Planning.Engine.Tests.Handoff;

public sealed class HandoffReactorTests
{
    private readonly HandoffWorld world = new();

    [Fact]
    public async Task A_packaged_plan_gets_its_first_manifest()
    {
        var created = (await world.ManifestAsync(await world.PackageAsync())).Created!;

        Assert.Equal((1, null, (await world.PlanAsync()).ContentHash), (created.Number, created.Supersedes, created.ContentHash));
        Assert.Equal(["be_backlog.yaml", "story_map.md"], created.Checksums.Keys);
    }

    [Fact]
    public async Task The_document_names_the_gates_evidence_waivers_and_position()
    {
        var id = await world.PackageAsync();
        var packaged = (await world.Log.ReadEntityAsync(HandoffWorld.PlanKey, 0, default))[^1];

        var manifest = (await DocumentAsync(id)).Manifest;

        Assert.Equal(["schema_lint", "cross_stream_consistency"], manifest.GateRuns.Select(r => r.Gate));
        Assert.Equal(["coverage.xml"], manifest.Evidence.Keys);
        Assert.Equal("fp_1", Assert.Single(manifest.Waivers).Fingerprint);
        Assert.Equal(($"log:{packaged.Position}", packaged.At), (manifest.SnapshotRev, manifest.CreatedAt));
    }

    [Fact]
    public async Task A_tag_of_the_plan_names_the_revision() =>
        Assert.Equal("git:7a9b3c4d", (await DocumentAsync(await world.PackageAsync("git:7a9b3c4d"))).Manifest.SnapshotRev);

    [Fact]
    public async Task Reacting_again_makes_the_same_bytes_whatever_came_after()
    {
        var id = await world.SealAsync();
        var before = (await world.ManifestAsync(id)).Created!;
        var head = await world.Log.HeadAsync(0, default);
        await world.ExecuteAsync();
        await world.Blobs.PutAsync(HandoffWorld.Workspace, new byte[] { 1 }, default);

        foreach (var e in await world.Log.ReadAsync(0, 0, (int)head, default))
        {
            if (world.Handoff.Types.Contains(e.Type))
                await world.Handoff.ReactAsync(e, default);
        }

        var after = await world.ManifestAsync(id);
        Assert.Equal((before, 2), (after.Created, after.Signatures.Length));
    }

    [Fact]
    public async Task Changed_content_gets_a_manifest_that_supersedes()
    {
        var first = await world.PackageAsync();
        await world.EditAsync("be_backlog.yaml", "tasks: [1]\n", "run_again");

        var second = (await world.PlanAsync()).Manifest!.Value;
        var created = (await world.ManifestAsync(second)).Created!;

        Assert.NotEqual(first, second);
        Assert.Equal((2, first), (created.Number, created.Supersedes));
        Assert.Equal(["run_1", "run_again"], (await DocumentAsync(second)).Manifest.GateRuns.Select(r => r.RunId.Value));
    }

    private async Task<ManifestDocument> DocumentAsync(ManifestId id) =>
        ManifestDocument.Read((await world.Blobs.GetAsync(HandoffWorld.Workspace, (await world.ManifestAsync(id)).Created!.Document, default))!.Value.Span);
}
