using FsCheck;
using FsCheck.Fluent;
using Planning.Domain.Environments;
using static Planning.Domain.Tests.Environments.Grounds;

namespace Planning.Domain.Tests.Environments;

/// <summary>Whatever is asked of a tree in whatever order: no two entries that exclude each other are in its schedule.</summary>
public sealed class ScheduleProperties
{
    private static readonly EnvironmentId[] All = [Staging, Qa, QaDb, Perf];

    /// <summary>A step is a number; the number picks the command.</summary>
    private static EnvironmentCommand Step(int number)
    {
        var n = number & int.MaxValue;
        var environment = All[n % All.Length];
        var window = Hours(1 + (n / 4 % 20), 2 + (n / 4 % 20) + (n / 80 % 5));
        return (n / 400 % 8) switch
        {
            0 => new EnvironmentCommand.CancelBooking(new BookingId($"bkg_{n % 30}")),
            1 => new EnvironmentCommand.MoveBooking(new BookingId($"bkg_{n % 30}"), window),
            2 => new EnvironmentCommand.Move(environment, TreeId, All[n / 7 % All.Length]),
            3 => Book($"bkg_{n % 30}", environment, window, BookingMode.Shared),
            _ => Book($"bkg_{n % 30}", environment, window),
        };
    }

    private static readonly Actor Anyone = World.Everything("per_anyone");

    [Fact]
    public void No_two_entries_that_exclude_each_other_are_ever_in_a_schedule() =>
        Prop.ForAll(ArbMap.Default.ArbFor<DoNotSize<int>[]>(), history =>
        {
            var tree = Tree;
            foreach (var command in history.Select(n => Step(n.Item)))
            {
                var decision = EnvironmentTreeDecider.Decide(tree, command, World.By(Anyone));
                tree = decision.Events.Aggregate(tree, EnvironmentTreeDecider.Evolve);
                foreach (var a in tree.Entries)
                {
                    foreach (var b in tree.Entries.Where(b => b.Id != a.Id && b.Window.Overlaps(a.Window) && (a.Mode == BookingMode.Exclusive || b.Mode == BookingMode.Exclusive)))
                        Assert.False(Shares(tree, a.EnvironmentId, b.EnvironmentId), $"{a} and {b} after {command}");
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(100));

    [Fact]
    public void A_free_window_that_is_offered_is_free_and_none_before_it_is() =>
        Prop.ForAll(ArbMap.Default.ArbFor<DoNotSize<int>[]>(), history =>
        {
            var tree = Tree;
            foreach (var command in history.Select(n => Step(n.Item)))
                tree = EnvironmentTreeDecider.Decide(tree, command, World.By(Anyone)).Events.Aggregate(tree, EnvironmentTreeDecider.Evolve);
            foreach (var environment in All)
            {
                var free = FreeWindow.Next(tree, environment, BookingMode.Exclusive, Hours(2, 4))!;
                Assert.Null(Code(tree, Book("bkg_new", environment, free), Anyone));
                for (var from = 2.0; World.Now.AddHours(from) < free.From; from++)
                    Assert.Equal("environment_taken", Code(tree, Book("bkg_new", environment, Hours(from, from + 2)), Anyone));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithEndSize(100));

    /// <summary>One is the other, or is above it.</summary>
    private static bool Shares(EnvironmentTree tree, EnvironmentId a, EnvironmentId b) =>
        tree.Upwards(a).Any(e => e.Id == b) || tree.Upwards(b).Any(e => e.Id == a);
}
