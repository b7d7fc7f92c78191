using FsCheck;
using FsCheck.Fluent;
using Planning.Domain.Refreshes;
using static Planning.Domain.Tests.Refreshes.RefreshStory;

namespace Planning.Domain.Tests.Refreshes;

public sealed class RefreshProperties
{
    private static readonly Actor[] Actors = [Requester, World.Approver, World.Releaser, Everyone, World.Executor, Actor.System, Actor.System];

    /// <summary>A step is a number; the number picks command, actor and hour.</summary>
    private static (RefreshCommand Command, Issued Issued) Step(int number)
    {
        var n = number & int.MaxValue;
        var (slot, window) = (1 + (n / 21 % 4), Hours(1 + (n / 23 % 9), 2 + (n / 23 % 9) + (n / 29 % 4)));
        RefreshCommand command = (n % 21) switch
        {
            0 or 20 => NewDraft with { Type = RefreshType.All[n / 21 % 3], WithChildren = n / 63 % 2 == 0, AtOnce = n / 126 % 2 == 0 },
            1 => new RefreshCommand.Edit(RefreshType.All[n / 21 % 3], WithChildren: n / 63 % 2 == 0),
            2 => new RefreshCommand.Edit(Window: window, Reason: $"reason {n / 21 % 3}", NotifyGroups: [$"g{n / 63 % 2}"]),
            3 => new RefreshCommand.Request(),
            4 => new RefreshCommand.Reject("no"),
            5 => new RefreshCommand.Approve([Asset.Data, Asset.TestAccounts, Asset.Sessions]),
            6 => new RefreshCommand.Approve([.. Enum.GetValues<Asset>()]),
            7 => new RefreshCommand.AcceptConflicts([$"bkg_{n / 21 % 3}", $"bkg_{n / 63 % 3}"], "known"),
            8 => new RefreshCommand.Move(window),
            9 => new RefreshCommand.Schedule(),
            10 => new RefreshCommand.Start(),
            11 => new RefreshCommand.Complete(),
            12 => new RefreshCommand.Fail("broken"),
            13 => new RefreshCommand.Retry(n / 21 % 2 == 0 ? null : window),
            14 => new RefreshCommand.RollBack("as it was"),
            15 => n / 21 % 5 == 0 ? new RefreshCommand.Cancel("enough") : new RefreshCommand.Resume(),
            16 => new RefreshCommand.GrantSlot(slot, []),
            17 => new RefreshCommand.RefuseSlot(slot, "taken", [Shared], NextFree: null),
            18 => new RefreshCommand.FinishScheduling(slot),
            _ => (n / 21 % 3) switch
            {
                0 => new RefreshCommand.Unschedule(slot, "a freeze", []),
                1 => new RefreshCommand.Remind(slot, (Reminder)(1 + (n / 63 % 4))),
                _ => new RefreshCommand.Park(slot, "stuck"),
            },
        };
        return (command, new Issued(Actors[n / 11 % Actors.Length], World.Now.AddMinutes(n / 17 % 300), World.Rules));
    }

    /// <summary>The first number picks where a history begins.</summary>
    private static Refresh Begin(int number) => (number & int.MaxValue) % 10 is > 0 and var status ? In((RefreshStatus)status).Refresh : RefreshDecider.Initial;

    private static void ForAllHistories(Action<Refresh, IEnumerable<(RefreshCommand Command, Issued Issued)>> check) => Prop.ForAll(
        ArbMap.Default.ArbFor<DoNotSize<int>[]>(), numbers => check(Begin(numbers.Select(n => n.Item).FirstOrDefault()), numbers.Select(n => Step(n.Item)))).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(150));

    /// <summary>Else the properties below would say little.</summary>
    [Fact]
    public void Such_histories_take_every_arrow_of_the_lifecycle()
    {
        var (random, taken) = (new System.Random(1), new HashSet<(RefreshStatus, RefreshStatus)>());
        for (var i = 0; i < 1_000; i++)
        {
            var refresh = Begin(random.Next());
            for (var j = 0; j < 150; j++)
            {
                var (command, issued) = Step(random.Next());
                var after = RefreshDecider.Decide(refresh, command, issued).Events.Aggregate(refresh, RefreshDecider.Evolve);
                if (refresh.Exists && after.Status != refresh.Status)
                    taken.Add((refresh.Status, after.Status));
                refresh = after;
            }
        }
        Assert.Empty(RefreshLifecycle.Arrows.Select(arrow => (arrow.From, arrow.To)).Except(taken));
    }

    [Fact]
    public void A_repeated_command_emits_nothing() => ForAllHistories((refresh, history) =>
    {
        foreach (var (command, issued) in history)
        {
            refresh = RefreshDecider.Decide(refresh, command, issued).Events.Aggregate(refresh, RefreshDecider.Evolve);
            Assert.Empty(RefreshDecider.Decide(refresh, command, issued).Events);
        }
    });

    [Fact]
    public void Folding_is_deterministic() => ForAllHistories((refresh, history) =>
    {
        var (start, events) = (refresh, new List<RefreshEvent>());
        foreach (var (command, issued) in history)
        {
            var happened = RefreshDecider.Decide(refresh, command, issued).Events;
            refresh = happened.Aggregate(refresh, RefreshDecider.Evolve);
            events.AddRange(happened);
        }
        Assert.Equivalent(refresh, events.Aggregate(start, RefreshDecider.Evolve), strict: true);
    });

    [Fact]
    public void A_refresh_moves_only_along_an_arrow_of_the_lifecycle() => ForAllHistories((refresh, history) =>
    {
        foreach (var (command, issued) in history)
        {
            foreach (var happened in RefreshDecider.Decide(refresh, command, issued).Events)
            {
                var after = RefreshDecider.Evolve(refresh, happened);
                if (refresh.Exists && after.Status != refresh.Status)
                    Assert.Contains(RefreshLifecycle.Arrows, arrow => arrow.From == refresh.Status && arrow.To == after.Status);
                refresh = after;
            }
        }
    });

    /// <summary>A slot that is held belongs to a state that can use it; history only grows; slots are numbered once.</summary>
    [Fact]
    public void Slots_and_history_stay_sound() => ForAllHistories((refresh, history) =>
    {
        foreach (var (command, issued) in history)
        {
            var after = RefreshDecider.Decide(refresh, command, issued).Events.Aggregate(refresh, RefreshDecider.Evolve);
            Assert.Equal(refresh.History, after.History.Take(refresh.History.Length));
            Assert.True(after.Slots >= refresh.Slots);
            if (after.Pending is { } pending)
            {
                Assert.Equal(after.Slots, pending.Number);
                Assert.Contains(after.Status, (RefreshStatus[])[RefreshStatus.Approved, RefreshStatus.Scheduled, RefreshStatus.Failed]);
                Assert.Equal(pending.Granted, after.Held?.Number == pending.Number);
            }
            if (after.Held is { } held)
            {
                Assert.Equal(after.Window, held.Window);
                Assert.True(after.Status is RefreshStatus.Scheduled or RefreshStatus.InProgress or RefreshStatus.Failed || after.Pending is { Granted: true }, $"{after.Status} after {command}");
            }
            Assert.True(after.Held is not null || after.Status is not (RefreshStatus.Scheduled or RefreshStatus.InProgress), $"{after.Status} without a slot after {command}");
            refresh = after;
        }
    });

    /// <summary>No dead ends: whatever has happened, there is a command that leads on, unless the refresh is at its end.</summary>
    [Fact]
    public void There_is_always_a_way_on() => ForAllHistories((refresh, history) =>
    {
        foreach (var (command, issued) in history)
            refresh = RefreshDecider.Decide(refresh, command, issued).Events.Aggregate(refresh, RefreshDecider.Evolve);
        if (!refresh.Exists)
            return;
        RefreshCommand[] waysOut = [new RefreshCommand.Cancel("enough"), new RefreshCommand.Fail("stuck"), new RefreshCommand.RollBack("stuck")];
        var ended = refresh.Status is RefreshStatus.Cancelled or RefreshStatus.RolledBack;
        Assert.Equal(!ended, waysOut.Any(way => RefreshDecider.Decide(refresh, way, World.By(Everyone)).Events.Count > 0));
    });
}
