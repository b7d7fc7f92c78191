using Planning.Domain.Refreshes;
using Planning.Engine.InMemory;
using Planning.Engine.Reactors;
using Planning.Engine.Trackers;
using Planning.Testing;
using Planning.Trackers.Tests.Fakes;
using Planning.Trackers.Tests.Support;

namespace Planning.Trackers.Tests.Stories;

/// <summary>What every adapter must do with a tracker that is there, over its real interface.</summary>
public abstract class StorySuite
{
    private protected abstract FakeTracker Start(FakeTime time);

    private protected async Task<World> BeginAsync(ITrackerLinks? links = null)
    {
        var time = new FakeTime();
        var fake = Start(time);
        await fake.StartAsync();
        return await new World(time, fake, World.WithPeople(fake.Options), links).BeginAsync();
    }

    [Fact]
    public async Task A_refresh_that_is_asked_for_has_one_item_that_follows_it_to_its_end()
    {
        await using var world = await BeginAsync();
        await world.RequestAsync();
        await world.CatchUpAsync();

        var item = Assert.Single(world.Fake.Items);
        Assert.Equal((world.Fake.MarkOf("rfr_1"), world.Fake.Words.Open), (item.Mark, item.Status));
        Assert.Equal("Refresh of Staging {1}: redeployment, 2026-01-07 08:00Z to 2026-01-07 12:00Z", item.Title);
        Assert.Contains("https://planning.example/refreshes/rfr_1", item.Text, StringComparison.Ordinal);
        Assert.Contains("2026-01-07", item.Text.Split('\n')[^1], StringComparison.Ordinal);
        Assert.Contains("configuration", item.Text, StringComparison.Ordinal);
        Assert.Equal(item.Name, (await world.Links.FindAsync(World.Acme, world.Tracker.Id, new("rfr_1"), default))?.Item?.Name);

        await world.CommandAsync(new RefreshCommand.AcceptConflicts(["bkg_1"], "agreed"));
        await world.CommandAsync(new RefreshCommand.Cancel("Not needed"));
        await world.CatchUpAsync();

        Assert.Equal(world.Fake.Words.Over, Assert.Single(world.Fake.Items).Status);
        Assert.Empty(item.Notes);
    }

    [Fact]
    public async Task What_is_a_draft_or_over_before_anybody_could_follow_it_has_none()
    {
        await using var world = await BeginAsync();
        await world.RequestAsync();
        await world.CommandAsync(new RefreshCommand.Cancel("Not needed"));

        await world.CatchUpAsync();

        Assert.Empty(world.Fake.Items);
        Assert.Equal(0, world.Fake.Requests);
    }

    [Fact]
    public async Task Whoever_is_known_here_rejects_there_with_a_reason_and_the_rejection_is_the_persons()
    {
        await using var world = await BeginAsync();
        await world.RequestAsync();
        await world.CatchUpAsync();

        Assert.IsType<TrackerTaken.Done>(await world.TakeAsync(world.Fake.Act(world.Fake.Items[0], TrackerWish.Reject, "acc-anna", "Load tests run that day.")));

        var refresh = await world.RefreshAsync();
        Assert.Equal(RefreshStatus.Draft, refresh.Status);
        Assert.Contains("Load tests run that day.", refresh.Rejected, StringComparison.Ordinal);
        Assert.DoesNotContain("acc-anna", refresh.Rejected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_comes_again_has_no_second_effect()
    {
        await using var world = await BeginAsync();
        await world.RequestAsync();
        await world.CatchUpAsync();
        var message = world.Fake.Act(world.Fake.Items[0], TrackerWish.Reject, "acc-anna");
        Assert.IsType<TrackerTaken.Done>(await world.TakeAsync(message));
        await world.CommandAsync(new RefreshCommand.Edit(Reason: "Better explained"));
        var version = await world.VersionAsync();

        var again = Assert.IsType<TrackerTaken.Ignored>(await world.TakeAsync(message));

        Assert.Contains("carried out before", again.Reason, StringComparison.Ordinal);
        Assert.Equal(version, await world.VersionAsync());
    }

    [Fact]
    public async Task Of_many_that_bring_one_message_at_once_one_has_an_effect()
    {
        await using var world = await BeginAsync();
        await world.RequestAsync();
        await world.CatchUpAsync();
        var before = await world.VersionAsync();
        var message = world.Fake.Act(world.Fake.Items[0], TrackerWish.Reject, "acc-anna");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => world.TakeAsync(message))));

        Assert.Equal(before + 1, await world.VersionAsync());
        Assert.Empty(world.Fake.Items[0].Notes);
    }

    [Fact]
    public async Task A_message_that_is_overtaken_by_a_later_change_is_ignored()
    {
        await using var world = await BeginAsync();
        await world.RequestAsync();
        await world.CatchUpAsync();
        var late = world.Fake.Act(world.Fake.Items[0], TrackerWish.Cancel, "acc-rick");
        var thoughtBetter = world.Fake.Act(world.Fake.Items[0], null, "acc-rick");

        Assert.IsType<TrackerTaken.Ignored>(await world.TakeAsync(thoughtBetter));
        var ignored = Assert.IsType<TrackerTaken.Ignored>(await world.TakeAsync(late));

        Assert.Contains("overtaken", ignored.Reason, StringComparison.Ordinal);
        Assert.Equal(RefreshStatus.Requested, (await world.RefreshAsync()).Status);
    }

    [Fact]
    public async Task What_we_did_ourselves_comes_back_and_is_ignored()
    {
        await using var world = await BeginAsync();
        await world.RequestAsync();
        await world.CatchUpAsync();
        await world.CommandAsync(new RefreshCommand.Cancel("Not needed"));
        await world.CatchUpAsync();
        var version = await world.VersionAsync();

        Assert.NotEmpty(world.Fake.Echoes);
        foreach (var echo in world.Fake.Echoes)
            Assert.Contains("ourselves", Assert.IsType<TrackerTaken.Ignored>(await world.TakeAsync(echo)).Reason, StringComparison.Ordinal);

        Assert.Equal(version, await world.VersionAsync());
    }

    [Fact]
    public async Task An_item_that_stands_for_no_refresh_is_ignored()
    {
        await using var world = await BeginAsync();

        Assert.IsType<TrackerTaken.Ignored>(await world.TakeAsync(world.Fake.Act(new FakeItem("1", "X-1"), TrackerWish.Cancel, "acc-rick")));
    }

    [Fact]
    public async Task The_answer_to_a_new_item_is_lost_and_no_second_item_is_made()
    {
        await using var world = await BeginAsync();
        await world.RequestAsync();
        world.Fake.LoseNextAnswer();
        await Assert.ThrowsAsync<ReactionFailedException>(world.CatchUpAsync);
        Assert.Single(world.Fake.Items);
        Assert.Null((await world.Links.FindAsync(World.Acme, world.Tracker.Id, new("rfr_1"), default))?.Item);
        var requests = world.Fake.Requests;

        // A search may not find yet what was just made: until it does, nobody tries.
        await Assert.ThrowsAsync<ReactionFailedException>(world.CatchUpAsync);
        Assert.Equal(requests, world.Fake.Requests);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.CatchUpAsync();

        var item = Assert.Single(world.Fake.Items);
        Assert.Equal(item.Id, (await world.Links.FindAsync(World.Acme, world.Tracker.Id, new("rfr_1"), default))?.Item?.Id);
    }

    [Fact]
    public async Task The_process_dies_between_the_item_and_its_link_and_no_second_item_is_made()
    {
        var links = new CrashingLinks(new InMemoryTrackerLinks());
        await using var world = await BeginAsync(links);
        await world.RequestAsync();
        await Assert.ThrowsAsync<IOException>(world.CatchUpAsync);
        Assert.Single(world.Fake.Items);

        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.CatchUpAsync();

        var item = Assert.Single(world.Fake.Items);
        Assert.Equal(item.Id, (await links.FindAsync(World.Acme, world.Tracker.Id, new("rfr_1"), default))?.Item?.Id);
    }

    [Fact]
    public async Task Two_that_begin_at_once_make_one_item()
    {
        await using var world = await BeginAsync();
        await world.RequestAsync();

        // Each as in a process of its own.
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
            await new TrackerUpdates(world.Host, world.Links, world.Time).BringUpAsync(world.Tracker, new("rfr_1"), version: 2, note: null, default))));

        Assert.Single(world.Fake.Items);
        Assert.Contains(answers, a => a is TrackerAnswer.Done { Item: not null });
        Assert.All(answers, a => Assert.True(a is TrackerAnswer.Done or TrackerAnswer.NotNow, a.ToString()));
    }
}

public sealed class JiraCloudStories : StorySuite
{
    private protected override FakeTracker Start(FakeTime time) => new FakeJira(time, TrackerKind.JiraCloud);
}

public sealed class JiraServerStories : StorySuite
{
    private protected override FakeTracker Start(FakeTime time) => new FakeJira(time, TrackerKind.JiraServer);
}

public sealed class ServiceNowStories : StorySuite
{
    private protected override FakeTracker Start(FakeTime time) => new FakeServiceNow(time);
}
