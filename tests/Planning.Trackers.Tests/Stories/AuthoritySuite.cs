using Planning.Domain;
using Planning.Domain.Refreshes;
using Planning.Engine.Trackers;
using Planning.Testing;
using Planning.Trackers.Tests.Fakes;
using Planning.Trackers.Tests.Support;

namespace Planning.Trackers.Tests.Stories;

/// <summary>Nothing that is asked for through a tracker goes past what a person may do here; and whoever is refused is told there.</summary>
public abstract class AuthoritySuite
{
    private protected abstract FakeTracker Start(FakeTime time);

    private async Task<World> RequestedAsync(Func<TrackerOptions, TrackerOptions>? settings = null, RefreshType? type = null)
    {
        var time = new FakeTime();
        var fake = Start(time);
        await fake.StartAsync();
        var world = await new World(time, fake, (settings ?? (options => World.WithPeople(options)))(fake.Options)).BeginAsync();
        await world.RequestAsync(type: type);
        await world.CatchUpAsync();
        return world;
    }

    [Fact]
    public async Task An_approver_approves_what_the_item_lists_where_the_settings_allow_it()
    {
        await using var world = await RequestedAsync();

        Assert.IsType<TrackerTaken.Done>(await world.TakeAsync(world.Fake.Act(world.Fake.Items[0], TrackerWish.Approve, "acc-anna")));

        var refresh = await world.RefreshAsync();
        Assert.Equal((RefreshStatus.Approved, World.Anna), (refresh.Status, refresh.Approval?.By));
    }

    [Fact]
    public async Task Without_a_word_in_the_settings_no_status_approves()
    {
        await using var world = await RequestedAsync(options => World.WithPeople(options, approving: false));

        Assert.IsType<TrackerTaken.Ignored>(await world.TakeAsync(world.Fake.Act(world.Fake.Items[0], TrackerWish.Approve, "acc-anna")));

        Assert.Equal(RefreshStatus.Requested, (await world.RefreshAsync()).Status);
    }

    [Theory]
    [InlineData("acc-somebody", TrackerWish.Reject, "tracker_account_unknown")]
    [InlineData("acc-rick", TrackerWish.Approve, "requester_cannot_approve")]
    [InlineData("acc-anna", TrackerWish.Cancel, "role_missing")]
    public async Task Whoever_may_not_changes_nothing_and_the_item_is_set_back_with_the_reason(string account, TrackerWish wish, string code)
    {
        await using var world = await RequestedAsync();
        var item = world.Fake.Items[0];
        var version = await world.VersionAsync();

        var refused = Assert.IsType<TrackerTaken.NotAllowed>(await world.TakeAsync(world.Fake.Act(item, wish, account)));

        Assert.Equal(code, refused.Rejection.Code);
        Assert.Equal((version, world.Fake.Words.Open), (await world.VersionAsync(), item.Status));
        Assert.Contains("was not taken over", Assert.Single(item.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_message_that_comes_many_times_at_once_is_told_once()
    {
        await using var world = await RequestedAsync();
        var message = world.Fake.Act(world.Fake.Items[0], TrackerWish.Reject, "acc-somebody");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => world.TakeAsync(message))));

        Assert.Single(world.Fake.Items[0].Notes);
    }

    [Fact]
    public async Task A_tracker_never_stands_in_for_a_second_factor()
    {
        await using var world = await RequestedAsync(type: RefreshType.Reset);
        Assert.Equal(ImpactLevel.Critical, (await world.RefreshAsync()).Scope.Level);

        var refused = Assert.IsType<TrackerTaken.NotAllowed>(await world.TakeAsync(world.Fake.Act(world.Fake.Items[0], TrackerWish.Approve, "acc-anna")));

        Assert.Equal("step_up_required", refused.Rejection.Code);
    }

    [Fact]
    public async Task A_role_that_was_taken_away_here_is_gone_there()
    {
        await using var world = await RequestedAsync();
        await world.RevokeAsync(World.Anna);

        var refused = Assert.IsType<TrackerTaken.NotAllowed>(await world.TakeAsync(world.Fake.Act(world.Fake.Items[0], TrackerWish.Approve, "acc-anna")));

        Assert.Equal("role_missing", refused.Rejection.Code);
    }

    [Fact]
    public async Task An_approval_of_what_the_item_no_longer_shows_does_not_count()
    {
        await using var world = await RequestedAsync();
        await world.CommandAsync(new RefreshCommand.AcceptConflicts(["bkg_1"], "agreed"));
        var message = world.Fake.Act(world.Fake.Items[0], TrackerWish.Approve, "acc-anna");

        var refused = Assert.IsType<TrackerTaken.NotAllowed>(await world.TakeAsync(message));

        Assert.Equal("version_mismatch", refused.Rejection.Code);
        // It has been brought up to date with the refusal: now it can be approved.
        Assert.IsType<TrackerTaken.Done>(await world.TakeAsync(world.Fake.Act(world.Fake.Items[0], TrackerWish.Approve, "acc-anna")));
    }

    [Fact]
    public async Task Where_the_item_cannot_be_set_back_now_the_message_is_to_come_again()
    {
        await using var world = await RequestedAsync();
        var message = world.Fake.Act(world.Fake.Items[0], TrackerWish.Reject, "acc-somebody");
        world.Fake.IsDown = true;
        Assert.Equal("tracker_unavailable", Assert.IsType<TrackerTaken.NotNow>(await world.TakeAsync(message)).Rejection.Code);
        world.Fake.IsDown = false;

        Assert.IsType<TrackerTaken.NotAllowed>(await world.TakeAsync(message));

        Assert.Single(world.Fake.Items[0].Notes);
    }

    [Fact]
    public async Task Where_its_workflow_does_not_lead_back_those_who_follow_it_are_told_all_the_same()
    {
        await using var world = await RequestedAsync();
        world.Fake.Closed.Add(world.Fake.Words.Open);

        Assert.IsType<TrackerTaken.NotAllowed>(await world.TakeAsync(world.Fake.Act(world.Fake.Items[0], TrackerWish.Cancel, "acc-anna")));

        Assert.Single(world.Fake.Items[0].Notes);
        Assert.Equal(RefreshStatus.Requested, (await world.RefreshAsync()).Status);
    }
}

public sealed class JiraAuthority : AuthoritySuite
{
    private protected override FakeTracker Start(FakeTime time) => new FakeJira(time, TrackerKind.JiraCloud);
}

public sealed class ServiceNowAuthority : AuthoritySuite
{
    private protected override FakeTracker Start(FakeTime time) => new FakeServiceNow(time);
}
