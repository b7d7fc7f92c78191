using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using static Planning.Domain.Tests.Refreshes.RefreshStory;

namespace Planning.Domain.Tests.Refreshes;

/// <summary>Drafts, edits, requests and cancellations.</summary>
public sealed class RequestingTests
{
    private static readonly string Long = new('x', RefreshDecider.MaxTextLength + 1);

    [Fact]
    public void A_draft_records_what_it_would_destroy_and_who_asks()
    {
        var refresh = In(RefreshStatus.Draft).Refresh;
        Assert.Equal((Id, Qa, "database_copy", Requester.Id, RefreshStatus.Draft), (refresh.Id, refresh.EnvironmentId, refresh.Type, refresh.RequestedBy, refresh.Status));
        Assert.Equal([Asset.Data, Asset.TestAccounts, Asset.Sessions], refresh.Scope.Destroys);
        Assert.Equal(Hours(2, 4), refresh.Window);
        Assert.Equal(["qa"], refresh.NotifyGroups);
    }

    [Fact]
    public void It_can_be_requested_at_once_or_later()
    {
        var atOnce = new RefreshStory().Send(Requester, NewDraft with { AtOnce = true });
        Assert.Equal(2, atOnce.Last.Events.Count);
        Assert.Equal((RefreshStatus.Requested, World.Now), (atOnce.Refresh.Status, atOnce.Refresh.RequestedAt));
        Assert.Equal(RefreshStatus.Requested, In(RefreshStatus.Draft).Send(Requester, new RefreshCommand.Request()).Refresh.Status);
    }

    [Fact]
    public void What_cannot_be_is_refused_with_what_to_do_instead()
    {
        AssertRefused(NewDraft with { Keep = [Asset.Data] }, "asset_cannot_be_kept", "A database_copy cannot keep data: that is what it replaces. It can keep test_accounts.");
        AssertRefused(NewDraft with { Reason = " " }, "reason_missing", "A refresh needs a reason. Give it in 'reason'.");
        AssertRefused(NewDraft with { Reason = Long }, "refresh_text_too_long", "A text of a refresh has at most 2000 characters; this one has 2001. Shorten it.");
        AssertRefused(
            NewDraft with { Window = Hours(4, 4) }, "window_invalid",
            "The end 2027-01-15T14:00:00.0000000+00:00 is not after the start 2027-01-15T14:00:00.0000000+00:00. Give a later end.");
        AssertRefused(NewDraft with { Window = Hours(-2, 0) }, "window_past", "The window ended at 2027-01-15T10:00:00.0000000+00:00, which is past. Give a later one.");
        AssertRefused(NewDraft with { Window = Hours(0, (31 * 24) + 6) }, "window_too_long", "A refresh takes at most 31 days; this one has 31.25. Give an earlier end.");
        AssertRefused(NewDraft with { Window = Hours((1098 * 24) + 1, (1098 * 24) + 2) }, "window_too_far", "A refresh begins at most 1098 days ahead. Give an earlier window.");
        AssertRefused(
            NewDraft with { NotifyGroups = [.. Enumerable.Range(0, 51).Select(i => $"g{i}")] }, "notify_groups_too_many",
            "A refresh notifies at most 50 groups; these are 51. Use a group that has them all.");
        Assert.Equal("role_missing", new RefreshStory().Send(World.Approver, NewDraft).Code);
        Assert.Null(new RefreshStory().Send(Requester, NewDraft with { Window = Hours(-1, 1) }).Code);

        static void AssertRefused(RefreshCommand.Draft draft, string code, string sentence)
        {
            var refused = new RefreshStory().Send(Requester, draft).Refused!;
            Assert.Equal((code, sentence), (refused.Code, refused.Message));
        }
    }

    [Fact]
    public void An_id_is_used_once_and_what_is_not_there_answers_no_command()
    {
        var twice = In(RefreshStatus.Draft).Send(Requester, NewDraft);
        Assert.Equal(("refresh_exists", "Refresh rfr_1 exists already. Use another Idempotency-Key for a new one."), (twice.Code, twice.Refused!.Message));
        var none = new RefreshStory().Send(Requester, new RefreshCommand.Request());
        Assert.Equal(("refresh_not_found", RejectionKind.NotFound), (none.Code, none.Refused!.Kind));
    }

    [Fact]
    public void An_edit_records_only_what_changed()
    {
        var story = In(RefreshStatus.Draft).Send(Requester, new RefreshCommand.Edit(RefreshType.DatabaseCopy, [], false, Hours(2, 4), "Other data", ["qa"]));
        Assert.Equal(new RefreshEvent.RefreshEdited(Reason: "Other data"), Assert.Single(story.Last.Events));
        Assert.Empty(story.Send(Requester, new RefreshCommand.Edit(Reason: "Other data")).Last.Events);
        story.Send(Requester, new RefreshCommand.Edit(Window: Hours(5, 6), NotifyGroups: ["ops"], WithChildren: true));
        Assert.Equal(Hours(5, 6), story.Refresh.Window);
        Assert.Equal(["ops"], story.Refresh.NotifyGroups);
        Assert.True(story.Refresh.Scope.WithChildren);
    }

    [Fact]
    public void An_edit_of_the_type_keeps_what_was_kept_before_and_nothing_else()
    {
        var destroying = In(RefreshStatus.Draft);
        Assert.Empty(destroying.Send(Requester, new RefreshCommand.Edit(Type: RefreshType.DatabaseCopy)).Last.Events);
        Assert.Contains(Asset.Configuration, destroying.Send(Requester, new RefreshCommand.Edit(Type: RefreshType.Redeployment)).Refresh.Scope.Destroys);

        var keeping = new RefreshStory().Send(Requester, NewDraft with { Keep = [Asset.TestAccounts] });
        Assert.DoesNotContain(Asset.TestAccounts, keeping.Send(Requester, new RefreshCommand.Edit(Type: RefreshType.Reset)).Refresh.Scope.Destroys);
        Assert.DoesNotContain(Asset.TestAccounts, keeping.Send(Requester, new RefreshCommand.Edit(WithChildren: true)).Refresh.Scope.Destroys);
        Assert.Contains(Asset.TestAccounts, keeping.Send(Requester, new RefreshCommand.Edit(Keep: [])).Refresh.Scope.Destroys);
        Assert.Equal("asset_cannot_be_kept", keeping.Send(Requester, new RefreshCommand.Edit(Keep: [Asset.Configuration])).Code);
    }

    [Fact]
    public void An_edit_is_checked_as_a_draft_is()
    {
        Assert.Equal("reason_missing", In(RefreshStatus.Draft).Send(Requester, new RefreshCommand.Edit(Reason: "")).Code);
        Assert.Equal("window_past", In(RefreshStatus.Draft).Send(Requester, new RefreshCommand.Edit(Window: Hours(-3, -2))).Code);
        Assert.Equal("notify_groups_too_many", In(RefreshStatus.Draft).Send(Requester, new RefreshCommand.Edit(NotifyGroups: [.. Enumerable.Range(0, 51).Select(i => $"g{i}")])).Code);
    }

    [Theory]
    [InlineData(RefreshStatus.Requested)]
    [InlineData(RefreshStatus.Scheduled)]
    [InlineData(RefreshStatus.Completed)]
    public void What_is_reviewed_stays_as_it_is(RefreshStatus status)
    {
        var story = In(status).Send(Requester, new RefreshCommand.Edit(Reason: "else"));
        Assert.Equal("refresh_not_draft", story.Code);
        Assert.Contains($"the refresh is {RefreshLifecycle.Wire(status)}. Have it rejected, or cancel it and draft another.", story.Refused!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refresh_is_its_requesters_and_release_managers_stand_in()
    {
        var another = World.Person("per_another", Role.Planner);
        RefreshCommand[] commands = [new RefreshCommand.Edit(Reason: "else"), new RefreshCommand.Request(), new RefreshCommand.Move(Hours(5, 6)), new RefreshCommand.Cancel("no")];
        foreach (var command in commands)
        {
            var refused = In(RefreshStatus.Draft).Send(another, command).Refused!;
            Assert.Equal(("refresh_of_another", "Refresh rfr_1 is per_requester's. They can do this, or a release manager."), (refused.Code, refused.Message));
            Assert.Single(In(RefreshStatus.Draft).Send(World.Releaser, command).Last.Events);
        }
        Assert.Equal("refresh_of_another", In(RefreshStatus.Approved).Send(another, new RefreshCommand.Schedule()).Code);
        Assert.Equal("refresh_of_another", Approving().Park().Send(another, new RefreshCommand.Resume()).Code);
    }

    [Fact]
    public void A_request_whose_window_has_gone_by_waits_for_another_one()
    {
        var story = In(RefreshStatus.Draft).At(4).Send(Requester, new RefreshCommand.Request());
        Assert.Equal("window_past", story.Code);
        Assert.Equal(RefreshStatus.Requested, story.Move(Hours(5, 6)).Send(Requester, new RefreshCommand.Request()).Refresh.Status);
    }

    [Fact]
    public void Cancelling_needs_a_reason()
    {
        Assert.Equal("Cancelling a refresh needs a reason. Give it in 'reason'.", In(RefreshStatus.Draft).Send(Requester, new RefreshCommand.Cancel(" ")).Refused!.Message);
        Assert.Equal("refresh_text_too_long", In(RefreshStatus.Draft).Send(Requester, new RefreshCommand.Cancel(Long)).Code);
    }
}
