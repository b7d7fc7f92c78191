using Planning.Domain.Environments;
using static Planning.Domain.Tests.Environments.Grounds;

namespace Planning.Domain.Tests.Environments;

public sealed class MovingTests
{
    private static readonly EnvironmentTreeId OtherTree = new("etr_2");
    private static readonly EnvironmentId Lab = new("env_lab");

    private static readonly EnvironmentTree Elsewhere = Of(Owner, Register(Lab) with { TreeId = OtherTree });

    private static EnvironmentCommand.Move QaToLab { get; } = new(Qa, OtherTree, Lab);

    private static EnvironmentCommand.Receive ReceiveOf(EnvironmentTree tree, EnvironmentCommand.Move move)
    {
        var begun = Assert.IsType<EnvironmentEvent.EnvironmentMoveBegun>(Assert.Single(Events(tree, move, Owner)));
        return new EnvironmentCommand.Receive(begun.EnvironmentId, TreeId, "evt_move", begun.Parent, begun.Environments, begun.Entries);
    }

    [Fact]
    public void An_environment_goes_to_another_tree_with_all_below_it_and_all_that_is_booked()
    {
        var booked = After(Tree, User, Book("bkg_1", QaDb, Hours(1, 2)), Book("bkg_2", Perf, Hours(1, 2)));
        var leaving = After(booked, Owner, QaToLab);
        var received = After(Elsewhere, Actor.System, ReceiveOf(booked, QaToLab));
        var left = After(leaving, Actor.System, new EnvironmentCommand.EndMove(Qa, Refused: null));

        Assert.Equal([QaDb, Qa, Lab], received.Upwards(QaDb).Select(e => e.Id));
        Assert.Equal(["bkg_1"], received.Entries.Select(e => e.Id));
        Assert.Equal([Perf.Value, Staging.Value], left.Environments.Keys);
        Assert.Equal(["bkg_2"], left.Entries.Select(e => e.Id));
        Assert.Equal("environment_elsewhere", Code(left, Book("bkg_3", QaDb, Hours(3, 4)), User));
        Assert.Contains("etr_2", Refusal(left, Book("bkg_3", QaDb, Hours(3, 4)), User)!.Message, StringComparison.Ordinal);
        Assert.Null(Code(received, Book("bkg_3", QaDb, Hours(3, 4)), User));
    }

    [Fact]
    public void While_it_is_under_way_nothing_of_it_changes()
    {
        var leaving = After(After(Tree, User, Book("bkg_1", QaDb, Hours(1, 2))), Owner, QaToLab);
        Assert.Equal("environment_moving", Code(leaving, Book("bkg_2", QaDb, Hours(3, 4)), User));
        Assert.Equal("environment_moving", Code(leaving, new EnvironmentCommand.CancelBooking(new BookingId("bkg_1")), User));
        Assert.Equal("environment_moving", Code(leaving, new EnvironmentCommand.Change(Qa, Name: "QA"), Owner));
        Assert.Equal("environment_moving", Code(leaving, QaToLab, Owner));
        Assert.Equal("environment_moving", Code(leaving, Register(new EnvironmentId("env_new"), Qa), Owner));
        Assert.Null(Code(leaving, Book("bkg_2", Perf, Hours(3, 4)), User));
        // What takes its parent still meets what is under way.
        Assert.Equal("environment_taken", Code(leaving, Book("bkg_2", Staging, Hours(1, 2)), User));
        // What hangs above it waits, too.
        Assert.Equal("environment_moving", Code(leaving, new EnvironmentCommand.Move(Staging, OtherTree, Lab), Owner));
    }

    [Fact]
    public void Where_it_would_be_taken_twice_it_is_not_received_and_all_is_as_before()
    {
        var booked = After(Tree, User, Book("bkg_1", QaDb, Hours(1, 2)));
        var busy = After(Elsewhere, User, Book("bkg_lab", Lab, Hours(0, 5)));
        var receive = ReceiveOf(booked, QaToLab);
        var refused = Assert.IsType<EnvironmentEvent.EnvironmentRefused>(Assert.Single(Events(busy, receive, Actor.System)));
        Assert.Contains("Booking bkg_1 takes qa_db", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("Booking bkg_lab takes lab", refused.Reason, StringComparison.Ordinal);
        // The answer stays, also when there is room by now: the old tree may have taken it back already.
        var room = After(After(busy, Actor.System, receive), User, new EnvironmentCommand.CancelBooking(new BookingId("bkg_lab")));
        Assert.Empty(Events(room, receive, Actor.System));
        Assert.IsType<EnvironmentEvent.EnvironmentReceived>(Assert.Single(Events(room, receive with { MoveId = "evt_next" }, Actor.System)));

        var after = After(After(booked, Owner, QaToLab), Actor.System, new EnvironmentCommand.EndMove(Qa, refused.Reason));
        Assert.Empty(after.Leaving);
        Assert.Equal(refused.Reason, after.Abandoned[Qa.Value]);
        Assert.Empty(After(after, Owner, QaToLab).Abandoned);
        Assert.Null(Code(after, Book("bkg_2", QaDb, Hours(3, 4)), User));
    }

    [Fact]
    public void Each_step_is_taken_once_and_only_by_the_backend_itself()
    {
        var receive = ReceiveOf(Tree, QaToLab);
        var end = new EnvironmentCommand.EndMove(Qa, Refused: null);
        var received = After(Elsewhere, Actor.System, receive);
        var left = After(After(Tree, Owner, QaToLab), Actor.System, end);
        Assert.Empty(Events(received, receive, Actor.System));
        Assert.Empty(Events(left, end, Actor.System));
        Assert.Equal("role_missing", Code(Elsewhere, receive, Owner));
        Assert.Equal("role_missing", Code(left, end, Owner));
    }

    [Fact]
    public void What_comes_back_is_at_home_again()
    {
        var gone = After(After(Tree, Owner, QaToLab), Actor.System, new EnvironmentCommand.EndMove(Qa, Refused: null));
        var there = After(Elsewhere, Actor.System, ReceiveOf(Tree, QaToLab));
        var back = After(gone, Actor.System, ReceiveOf(there, new EnvironmentCommand.Move(Qa, TreeId, Perf)));
        Assert.Empty(back.Gone);
        Assert.Equal([QaDb, Qa, Perf, Staging], back.Upwards(QaDb).Select(e => e.Id));
    }

    [Fact]
    public void An_environment_becomes_the_root_of_a_tree_of_its_own()
    {
        var alone = new EnvironmentCommand.Move(Qa, new EnvironmentTreeId("etr_3"), null);
        var tree = After(EnvironmentTree.None, Actor.System, ReceiveOf(Tree, alone));
        Assert.Equal([QaDb, Qa], tree.Upwards(QaDb).Select(e => e.Id));
        Assert.Empty(Events(Tree, new EnvironmentCommand.Move(Staging, new EnvironmentTreeId("etr_3"), null), Owner));
    }

    [Fact]
    public void Within_its_tree_it_moves_at_once_if_nothing_clashes()
    {
        var toPerf = new EnvironmentCommand.Move(Qa, TreeId, Perf);
        Assert.Equal(new EnvironmentEvent.EnvironmentMoved(Qa, Perf), Assert.Single(Events(Tree, toPerf, Owner)));
        Assert.Empty(Events(Tree, toPerf with { Parent = Staging }, Owner));
        Assert.Equal("environment_below_itself", Code(Tree, toPerf with { Parent = QaDb }, Owner));
        Assert.Equal("environment_below_itself", Code(Tree, toPerf with { Parent = Qa }, Owner));
        Assert.Equal("role_missing", Code(Tree, toPerf, User));
        Assert.Equal("environment_owner_required", Code(Tree, toPerf, User with { Roles = [Role.ReleaseManager] }));
        var both = After(Tree, User, Book("bkg_1", QaDb, Hours(1, 2)), Book("bkg_2", Perf, Hours(1, 2)));
        Assert.Equal("schedules_clash", Code(both, toPerf, Owner));
    }

    [Fact]
    public void What_is_over_clashes_with_nothing()
    {
        var early = World.By(User) with { At = World.Now.AddHours(-10) };
        var past = new[] { Book("bkg_1", QaDb, Hours(-5, -3)), Book("bkg_2", Perf, Hours(-4, -2)) }.Aggregate(
            Tree, (tree, book) => EnvironmentTreeDecider.Decide(tree, book, early).Events.Aggregate(tree, EnvironmentTreeDecider.Evolve));
        Assert.Equal(2, past.Entries.Length);
        Assert.IsType<EnvironmentEvent.EnvironmentMoved>(Assert.Single(Events(past, new EnvironmentCommand.Move(Qa, TreeId, Perf), Owner)));
    }

    [Fact]
    public void A_deep_subtree_needs_room_below_its_new_parent()
    {
        var deep = Of(Owner, Register(new EnvironmentId("env_1")));
        for (var i = 2; i <= EnvironmentTreeDecider.MaxDepth - 1; i++)
            deep = After(deep, Owner, Register(new EnvironmentId($"env_{i}"), new EnvironmentId($"env_{i - 1}")));
        var lowest = new EnvironmentId($"env_{EnvironmentTreeDecider.MaxDepth - 1}");
        Assert.IsType<EnvironmentEvent.EnvironmentRefused>(Assert.Single(Events(deep, ReceiveOf(Tree, QaToLab) with { Parent = lowest }, Actor.System)));
        Assert.IsType<EnvironmentEvent.EnvironmentReceived>(
            Assert.Single(Events(deep, ReceiveOf(Tree, new EnvironmentCommand.Move(Perf, OtherTree, lowest)), Actor.System)));
    }
}
