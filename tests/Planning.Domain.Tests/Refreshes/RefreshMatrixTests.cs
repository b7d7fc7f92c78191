using Planning.Domain.Refreshes;
using static Planning.Domain.Refreshes.RefreshStatus;

namespace Planning.Domain.Tests.Refreshes;

/// <summary>product.md §8 with its edges, written down once more by hand: a change of the lifecycle has to be made in both places.</summary>
public sealed class RefreshMatrixTests
{
    private static readonly RefreshTrigger[] Triggers =
    [
        RefreshTrigger.Request, RefreshTrigger.Reject, RefreshTrigger.Approve, RefreshTrigger.Undo, RefreshTrigger.Schedule, RefreshTrigger.Unschedule,
        RefreshTrigger.Start, RefreshTrigger.Complete, RefreshTrigger.Fail, RefreshTrigger.Retry, RefreshTrigger.RollBack, RefreshTrigger.Cancel,
    ];

    /// <summary>-: refused. .: the backend's own, comes too late and changes nothing. =: is so already, nothing happens.</summary>
    private static readonly Dictionary<RefreshStatus, string> Expected = new()
    {
        //              request   reject approve  undo      schedule  unschedule start      complete  fail   retry     roll_back  cancel
        [Draft] =      "Requested -      -        .         -         .          -          -         -      -         -          Cancelled",
        [Requested] =  "=         Draft  Approved .         -         .          -          -         -      -         -          Cancelled",
        [Approved] =   "-         -      -        Requested Scheduled .          -          -         -      -         -          Cancelled",
        [Scheduled] =  "-         -      -        .         -         Approved   InProgress -         -      -         -          Cancelled",
        [InProgress] = "-         -      -        .         -         .          -          Completed Failed -         -          -",
        [Completed] =  "-         -      -        .         -         .          -          -         -      -         RolledBack -",
        [Cancelled] =  "-         -      -        .         -         .          -          -         -      -         -          =",
        [Failed] =     "-         -      -        .         -         .          -          -         -      Scheduled RolledBack -",
        [RolledBack] = "-         -      -        .         -         .          -          -         -      -         -          -",
    };

    public static TheoryData<RefreshStatus, RefreshTrigger, string> Matrix()
    {
        var cases = new TheoryData<RefreshStatus, RefreshTrigger, string>();
        foreach (var status in Enum.GetValues<RefreshStatus>())
        {
            foreach (var (trigger, expected) in Triggers.Zip(Row(status)))
                cases.Add(status, trigger, expected);
        }
        return cases;
    }

    [Fact]
    public void The_table_has_nine_states_and_twelve_triggers() => Assert.Equal((9, 12, 108), (Expected.Count, Enum.GetValues<RefreshTrigger>().Length, Matrix().Count));

    [Theory]
    [MemberData(nameof(Matrix))]
    public void Every_pair_of_state_and_trigger_moves_as_the_table_says_or_is_refused(RefreshStatus from, RefreshTrigger trigger, string expected)
    {
        var story = (from, trigger) is (Approved, RefreshTrigger.Undo) ? RefreshStory.Approving() : RefreshStory.In(from);
        if (from == Scheduled)
            story.At(2);
        Assert.Equal(from, story.Refresh.Status);

        story.Send(trigger is RefreshTrigger.Undo or RefreshTrigger.Unschedule ? Actor.System : RefreshStory.Everyone, CommandOf(trigger, story.Refresh));

        switch (expected)
        {
            case "-":
                Assert.Equal("refresh_transition_not_allowed", story.Code);
                Assert.Equal($"A refresh that is {RefreshLifecycle.Wire(from)} does not take '{RefreshLifecycle.Wire(trigger)}'. {Told(from)}", story.Refused!.Message);
                Assert.Equal(from, story.Refresh.Status);
                return;
            case "." or "=":
                Assert.Null(story.Code);
                Assert.Empty(story.Last.Events);
                return;
        }
        Assert.Null(story.Code);
        if (story.Refresh.Pending is not null && trigger != RefreshTrigger.Approve)
            story.GoOn();
        Assert.Equal(Enum.Parse<RefreshStatus>(expected), story.Refresh.Status);
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public void The_lifecycle_lists_the_arrows_of_the_table_and_no_others(RefreshStatus from, RefreshTrigger trigger, string expected) =>
        Assert.Equal(expected is "-" or "." or "=" ? null : Enum.Parse<RefreshStatus>(expected), RefreshLifecycle.Find(from, trigger)?.To);

    [Theory]
    [MemberData(nameof(Matrix))]
    public void Each_arrow_is_closed_to_who_only_reads(RefreshStatus from, RefreshTrigger trigger, string expected)
    {
        if (expected is "-" or "=")
            return;
        var auditor = World.Person("per_auditor", Role.Auditor, Role.Operator);
        var story = RefreshStory.In(from).At(from == Scheduled ? 2 : 0);
        story.Send(auditor, CommandOf(trigger, story.Refresh));
        Assert.Equal("role_missing", story.Code);
        Assert.Contains(trigger is RefreshTrigger.Undo or RefreshTrigger.Unschedule ? "by the backend itself" : "per_auditor has auditor, operator", story.Refused!.Message, StringComparison.Ordinal);
    }

    private static string[] Row(RefreshStatus status) => Expected[status].Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Told(RefreshStatus from)
    {
        var takes = Triggers.Zip(Row(from))
            .Where(pair => pair.Second is not ("-" or "." or "=") && pair.First is not (RefreshTrigger.Undo or RefreshTrigger.Unschedule))
            .Select(pair => RefreshLifecycle.Wire(pair.First)).ToArray();
        return takes.Length == 0 ? "It is closed; draft a new one." : $"It takes {string.Join(", ", takes)}.";
    }

    private static RefreshCommand CommandOf(RefreshTrigger trigger, Refresh refresh) => trigger switch
    {
        RefreshTrigger.Request => new RefreshCommand.Request(),
        RefreshTrigger.Reject => new RefreshCommand.Reject("not now"),
        RefreshTrigger.Approve => new RefreshCommand.Approve(refresh.Scope.Destroys),
        RefreshTrigger.Undo => new RefreshCommand.RefuseSlot(refresh.Slots, "taken", [], NextFree: null),
        RefreshTrigger.Schedule => new RefreshCommand.Schedule(),
        RefreshTrigger.Unschedule => new RefreshCommand.Unschedule(refresh.Slots, "a freeze", []),
        RefreshTrigger.Start => new RefreshCommand.Start(),
        RefreshTrigger.Complete => new RefreshCommand.Complete(),
        RefreshTrigger.Fail => new RefreshCommand.Fail("broken"),
        RefreshTrigger.Retry => new RefreshCommand.Retry(),
        RefreshTrigger.RollBack => new RefreshCommand.RollBack("as it was"),
        RefreshTrigger.Cancel => new RefreshCommand.Cancel("not needed"),
        _ => throw new ArgumentOutOfRangeException(nameof(trigger)),
    };
}
