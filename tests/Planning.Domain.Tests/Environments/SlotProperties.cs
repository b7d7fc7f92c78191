using FsCheck;
using FsCheck.Fluent;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using static Planning.Domain.Tests.Environments.Grounds;

namespace Planning.Domain.Tests.Environments;

/// <summary>Whatever is booked, reserved, released and moved in whatever order.</summary>
public sealed class SlotProperties
{
    private static readonly EnvironmentId[] All = [Staging, Qa, QaDb, Perf];
    private static readonly string[] Nothing = [], Everything = [.. Enumerable.Range(0, 20).Select(i => $"bkg_{i}")];
    private static readonly Actor Anyone = World.Everything("per_anyone");

    /// <summary>A step is a number; the number picks the command and who sends it.</summary>
    private static (Actor By, EnvironmentCommand Command) Step(int number)
    {
        var n = number & int.MaxValue;
        var environment = All[n % All.Length];
        var window = Hours(1 + (n / 4 % 20), 2 + (n / 4 % 20) + (n / 80 % 5));
        var (refresh, slot) = ($"rfr_{n / 7 % 6}", 1 + (n / 42 % 4));
        return (n / 400 % 8) switch
        {
            0 => (Anyone, new EnvironmentCommand.CancelBooking(new BookingId($"bkg_{n % 20}"))),
            1 => (Anyone, new EnvironmentCommand.MoveBooking(new BookingId($"bkg_{n % 20}"), window)),
            2 => (Anyone, new EnvironmentCommand.Move(environment, TreeId, All[n / 7 % All.Length])),
            3 => (Anyone, Book($"bkg_{n % 20}", environment, window, BookingMode.Shared)),
            4 => (Anyone, Book($"bkg_{n % 20}", environment, window)),
            5 => (Actor.System, new EnvironmentCommand.ReleaseSlot(new RefreshId(refresh), slot, KeepsEarlier: n % 3 == 0)),
            6 => (Actor.System, TreeSlotTests.Reserve(environment, window, refresh, slot, Everything)),
            _ => (Actor.System, TreeSlotTests.Reserve(environment, window, refresh, slot, Nothing)),
        };
    }

    private static void ForAllHistories(Action<IEnumerable<int>> check) =>
        Prop.ForAll(ArbMap.Default.ArbFor<DoNotSize<int>[]>(), numbers => check(numbers.Select(n => n.Item))).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(100));

    /// <summary>A slot and a shared booking may meet: felt next door, or accepted by an approver. Nothing else may.</summary>
    [Fact]
    public void A_slot_never_meets_another_slot_or_what_is_booked_exclusively() => ForAllHistories(history =>
    {
        var tree = Tree;
        foreach (var (by, command) in history.Select(Step))
        {
            tree = EnvironmentTreeDecider.Decide(tree, command, World.By(by)).Events.Aggregate(tree, EnvironmentTreeDecider.Evolve);
            foreach (var a in tree.Entries.Where(e => e.Mode == BookingMode.Exclusive))
            {
                foreach (var b in tree.Entries.Where(b => b.Id != a.Id && b.Window.Overlaps(a.Window) && Related(tree, a, b)))
                    Assert.True((a.Kind, b.Mode) is (EntryKind.Refresh, BookingMode.Shared), $"{a} and {b} after {command}");
            }
        }
    });

    [Fact]
    public void A_slot_meets_a_shared_booking_only_if_it_was_there_first_and_felt_or_accepted() => ForAllHistories(history =>
    {
        var tree = Tree;
        foreach (var (by, command) in history.Select(Step))
        {
            foreach (var happened in EnvironmentTreeDecider.Decide(tree, command, World.By(by)).Events)
            {
                var before = tree.Entries;
                tree = EnvironmentTreeDecider.Evolve(tree, happened);
                if (happened is not EnvironmentEvent.SlotReserved { Entry: var slot, Conflicts: var known })
                    continue;
                var met = before.Where(e => e.Id != slot.Id && e.Window.Overlaps(slot.Window) && Related(tree, e, slot)).Select(e => e.Id).Order(StringComparer.Ordinal);
                Assert.Equal(known.Select(c => c.Id).Order(StringComparer.Ordinal), met);
                Assert.DoesNotContain(known, c => c.StandsInTheWay);
            }
        }
    });

    [Fact]
    public void A_refresh_holds_at_most_one_slot_and_its_answer_is_of_the_last_it_asked_for() => ForAllHistories(history =>
    {
        var tree = Tree;
        foreach (var (by, command) in history.Select(Step))
        {
            tree = EnvironmentTreeDecider.Decide(tree, command, World.By(by)).Events.Aggregate(tree, EnvironmentTreeDecider.Evolve);
            var slots = tree.Entries.Where(e => e.Kind == EntryKind.Refresh).ToArray();
            Assert.Equal(slots.Select(e => e.Id).Distinct(), slots.Select(e => e.Id));
            Assert.All(slots, e => Assert.True(!tree.Slots.TryGetValue(e.Id, out var answer) || answer.Slot >= e.Slot, $"{e} after {command}"));
        }
    });

    [Fact]
    public void A_repeated_command_for_a_slot_emits_nothing() => ForAllHistories(history =>
    {
        var tree = Tree;
        foreach (var (by, command) in history.Select(Step))
        {
            tree = EnvironmentTreeDecider.Decide(tree, command, World.By(by)).Events.Aggregate(tree, EnvironmentTreeDecider.Evolve);
            Assert.Empty(EnvironmentTreeDecider.Decide(tree, command, World.By(by)).Events);
        }
    });

    [Fact]
    public void A_free_window_that_a_refused_slot_is_told_of_is_free() => ForAllHistories(history =>
    {
        var tree = Tree;
        foreach (var (by, command) in history.Select(Step))
        {
            foreach (var happened in EnvironmentTreeDecider.Decide(tree, command, World.By(by)).Events)
            {
                tree = EnvironmentTreeDecider.Evolve(tree, happened);
                if (happened is EnvironmentEvent.SlotRefused { NextFree: { } free } refused && command is EnvironmentCommand.ReserveSlot { Wish: var wish })
                    Assert.IsType<EnvironmentEvent.SlotReserved>(Assert.Single(Events(tree, TreeSlotTests.Reserve(wish.EnvironmentId, free, wish.RefreshId.Value, refused.Slot + 1), Actor.System)));
            }
        }
    });

    private static bool Related(EnvironmentTree tree, ScheduleEntry a, ScheduleEntry b) => tree.Related(a.EnvironmentId).Contains(b.EnvironmentId);
}
