using Planning.Conformance.Harness;
using Planning.Domain;
using Planning.Domain.Refreshes;
using Planning.Engine.InMemory;
using Planning.Engine.Trackers;
using Planning.Postgres.Trackers;
using Xunit;

namespace Planning.Conformance.Stores;

/// <summary>What every store of links to trackers must do.</summary>
public abstract class TrackerLinksSuite : StoreSuite<ITrackerLinks>
{
    private static readonly TrackerId Tracker = new("jira-ops");
    private static readonly RefreshId Refresh = new("rfr_1");
    private static readonly TrackerLink Fresh = new(Sample.Workspace, Tracker, Refresh);

    private static readonly TrackerLink Whole = Fresh with
    {
        Item = new TrackedItem("10300", "OPS-4"), ShownVersion = 7, ShownDestroys = [Asset.Sessions, Asset.Data], BusyWith = "me", BusyUntil = Sample.Noon,
        HeardRevision = 1_565_751_753_680, Begun = "changelog-9", Ended = ["changelog-8", "changelog-7"],
    };

    [Fact]
    public async Task A_link_comes_back_as_it_was_stored_under_the_next_revision()
    {
        Assert.Null(await FindAsync());

        Assert.True(await Store.SaveAsync(Whole, default));

        await MustBeAsync(Whole with { Revision = 1 });
        Assert.True(await Store.SaveAsync(Fresh with { Revision = 1 }, default));
        await MustBeAsync(Fresh with { Revision = 2 });
    }

    [Fact]
    public async Task Of_two_that_have_read_the_same_one_stores()
    {
        await Store.SaveAsync(Fresh, default);

        Assert.True(await Store.SaveAsync(Fresh with { Revision = 1, HeardRevision = 5 }, default));
        Assert.False(await Store.SaveAsync(Fresh with { Revision = 1, HeardRevision = 6 }, default));
        Assert.False(await Store.SaveAsync(Fresh with { HeardRevision = 7 }, default));

        Assert.Equal(5, (await FindAsync())?.HeardRevision);
    }

    [Fact]
    public async Task An_item_is_found_in_its_tracker_and_workspace_and_stands_for_one_refresh()
    {
        await Store.SaveAsync(Whole, default);

        Assert.Equal(Refresh, (await Store.FindByItemAsync(Sample.Workspace, Tracker, "10300", default))?.Refresh);
        Assert.Null(await Store.FindByItemAsync(Sample.OtherWorkspace, Tracker, "10300", default));
        Assert.Null(await Store.FindByItemAsync(Sample.Workspace, new("snow"), "10300", default));
        Assert.Null(await Store.FindByItemAsync(Sample.Workspace, Tracker, "10301", default));
        Assert.Null(await Store.FindAsync(Sample.OtherWorkspace, Tracker, Refresh, default));

        Assert.False(await Store.SaveAsync(Whole with { Refresh = new("rfr_2") }, default));
        Assert.True(await Store.SaveAsync(Whole with { Refresh = new("rfr_2"), Item = new TrackedItem("10301", "OPS-5") }, default));
        Assert.False(await Store.SaveAsync(Whole with { Refresh = new("rfr_2"), Revision = 1 }, default));
        Assert.True(await Store.SaveAsync(Whole with { Tracker = new("snow") }, default));
        Assert.True(await Store.SaveAsync(Whole with { Workspace = Sample.OtherWorkspace }, default));
    }

    [Fact]
    public async Task Of_many_that_change_it_at_once_none_is_lost()
    {
        await Task.WhenAll(Enumerable.Range(1, 5).Select(async _ => await Store.ChangeAsync(Fresh, l => l with { HeardRevision = l.HeardRevision + 1 }, default)));

        Assert.Equal(5, (await FindAsync())?.HeardRevision);
        Assert.Null(await Store.ChangeAsync(Fresh, _ => null, default));
        Assert.Equal(5, (await FindAsync())?.Revision);
    }

    private ValueTask<TrackerLink?> FindAsync() => Store.FindAsync(Sample.Workspace, Tracker, Refresh, default);

    private async Task MustBeAsync(TrackerLink expected)
    {
        var found = await FindAsync();
        Assert.NotNull(found);
        Assert.Equal(expected.ShownDestroys, found.ShownDestroys);
        Assert.Equal(expected.Ended.AsEnumerable(), found.Ended);
        Assert.Equal(expected, found with { ShownDestroys = expected.ShownDestroys, Ended = expected.Ended });
    }
}

public sealed class InMemoryTrackerLinksTests : TrackerLinksSuite
{
    protected override ITrackerLinks InMemory() => new InMemoryTrackerLinks();
}

public sealed class PostgresTrackerLinksTests : TrackerLinksSuite
{
    protected override ITrackerLinks OnPostgres(MigratedDatabase database) => new PostgresTrackerLinks(database.Pools);

    [Fact]
    public async Task A_request_sees_the_links_of_its_workspace_alone()
    {
        var links = new PostgresTrackerLinks(Database!.Pools);
        foreach (var workspace in new[] { Sample.Workspace, Sample.OtherWorkspace })
            await links.SaveAsync(new TrackerLink(workspace, new("jira-ops"), new("rfr_1")), default);

        await using var request = await Postgres.RequestBatch.OpenAsync(Database.Pools, Sample.Workspace, default);
        await using var reader = await request.ReadAsync("select workspace from planning.tracker_link", default);

        Assert.True(await reader.ReadAsync());
        Assert.Equal(Sample.Workspace.Value, reader.GetString(0));
        Assert.False(await reader.ReadAsync());
    }
}
