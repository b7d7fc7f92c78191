using System.Collections.Immutable;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Domain.Rulebooks;
using Planning.Domain.Tests.Environments;
using static Planning.Domain.Tests.Environments.Grounds;

namespace Planning.Domain.Tests.Refreshes;

/// <summary>What meets a refresh, and how bad that is.</summary>
public sealed class ConflictDetectionTests
{
    private static readonly ImpactScope Data = new([Asset.Data, Asset.Sessions], WithChildren: false);
    private static readonly PlanId Plan = new("pln_1");

    public static TheoryData<string, string> Relatives => new() { { "env_staging", "above" }, { "env_qa", "here" }, { "env_qa_db", "below" } };

    [Theory]
    [MemberData(nameof(Relatives))]
    public void An_exclusive_booking_here_above_or_below_is_blocking(string environment, string place)
    {
        var conflict = Assert.Single(Find(Booked(environment, BookingMode.Exclusive), Wish(Qa)));
        Assert.Equal(("bkg_1", ConflictKind.Booking, ConflictSeverity.Blocking), (conflict.Id, conflict.Kind, conflict.Severity));
        Assert.True(conflict.StandsInTheWay, place);
        Assert.Equal(
            $"Booking bkg_1 takes {environment[4..]} ({environment}) for itself from 2027-01-15 13:00Z to 2027-01-15 15:00Z, by per_user. Move the refresh, or ask them to move.",
            conflict.Message);
    }

    [Theory]
    [InlineData("env_qa", false, ConflictSeverity.Serious)]
    [InlineData("env_qa", true, ConflictSeverity.Serious)]
    [InlineData("env_qa_db", true, ConflictSeverity.Serious)]
    [InlineData("env_qa_db", false, ConflictSeverity.Minor)]
    [InlineData("env_staging", true, ConflictSeverity.Minor)]
    [InlineData("env_staging", false, ConflictSeverity.Minor)]
    public void A_shared_booking_is_serious_where_the_refresh_reaches_it_and_minor_elsewhere(string environment, bool withChildren, ConflictSeverity severity)
    {
        var conflict = Assert.Single(Find(Booked(environment, BookingMode.Shared), Wish(Qa) with { Scope = Data with { WithChildren = withChildren } }));
        Assert.Equal((ConflictKind.Booking, severity, severity != ConflictSeverity.Minor), (conflict.Kind, conflict.Severity, conflict.StandsInTheWay));
        Assert.EndsWith(
            severity == ConflictSeverity.Minor ? "The refresh does not reach it, but may be felt there." : "Have an approver accept that, or move the refresh.", conflict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_approver_has_accepted_stands_in_nobodys_way()
    {
        var tree = Booked("env_qa", BookingMode.Shared);
        Assert.False(Assert.Single(Find(tree, Wish(Qa) with { Accepted = ["bkg_1"] })) is { Accepted: false } or { StandsInTheWay: true });
        Assert.True(Assert.Single(Find(tree, Wish(Qa) with { Accepted = ["bkg_2"] })).StandsInTheWay);
        // What blocks cannot be accepted away.
        Assert.True(Assert.Single(Find(Booked("env_qa", BookingMode.Exclusive), Wish(Qa) with { Accepted = ["bkg_1"] })).StandsInTheWay);
    }

    [Theory]
    [InlineData("env_qa", "pln_1", ConflictKind.Plan, ConflictSeverity.Blocking, Asset.Data)]
    [InlineData("env_qa", "pln_1", ConflictKind.Plan, ConflictSeverity.Blocking, Asset.DeployedVersions)]
    [InlineData("env_qa", "pln_1", ConflictKind.Plan, ConflictSeverity.Serious, Asset.TestAccounts)]
    [InlineData("env_qa", "pln_2", ConflictKind.Booking, ConflictSeverity.Serious, Asset.Data)]
    [InlineData("env_staging", "pln_1", ConflictKind.Booking, ConflictSeverity.Minor, Asset.Data)]
    public void A_plan_that_is_being_executed_blocks_what_takes_its_data_or_programs(string environment, string executing, ConflictKind kind, ConflictSeverity severity, Asset destroyed)
    {
        var wish = Wish(Qa) with { Scope = new ImpactScope([destroyed], WithChildren: false), Executing = [executing] };
        var conflict = Assert.Single(Find(Booked(environment, BookingMode.Shared, Plan), wish));
        Assert.Equal((kind, severity), (conflict.Kind, conflict.Severity));
        Assert.Contains("for plan pln_1.", conflict.Message, StringComparison.Ordinal);
        Assert.Equal(kind == ConflictKind.Plan, conflict.Message.Contains("The plan is being executed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_plan_that_has_passed_its_gates_is_named_and_its_loss_is_to_be_confirmed()
    {
        var wish = Wish(Qa) with { Checked = ["pln_1"] };
        var tree = Booked("env_qa", BookingMode.Shared, Plan);

        var conflict = Assert.Single(Find(tree, wish));

        Assert.Equal((ConflictKind.Plan, ConflictSeverity.Serious, true), (conflict.Kind, conflict.Severity, conflict.StandsInTheWay));
        Assert.Contains("for plan pln_1. The plan has passed its gates with this booking; the refresh invalidates it.", conflict.Message, StringComparison.Ordinal);
        Assert.False(Assert.Single(Find(tree, wish with { Accepted = [conflict.Id] })).StandsInTheWay);
    }

    [Fact]
    public void Another_refresh_here_above_or_below_is_blocking_and_its_own_slot_is_not()
    {
        foreach (var environment in (EnvironmentId[])[Staging, Qa, QaDb])
        {
            var tree = TreeSlotTests.Reserved(Tree, environment, Hours(2, 4), "rfr_2");
            var conflict = Assert.Single(Find(tree, Wish(Qa)));
            Assert.Equal(("rfr_2", ConflictKind.Refresh, ConflictSeverity.Blocking), (conflict.Id, conflict.Kind, conflict.Severity));
            Assert.EndsWith("Move or cancel one of the two.", conflict.Message, StringComparison.Ordinal);
        }
        Assert.Empty(Find(TreeSlotTests.Reserved(Tree, Qa, Hours(2, 4), "rfr_1"), Wish(Qa)));
        Assert.Empty(Find(TreeSlotTests.Reserved(Tree, Perf, Hours(2, 4), "rfr_2"), Wish(Qa)));
    }

    [Fact]
    public void What_only_touches_the_window_is_no_conflict() => Assert.Empty(Find(Booked("env_qa", BookingMode.Exclusive), Wish(Qa) with { Window = Hours(1, 3) }));

    [Fact]
    public void All_that_it_meets_is_found_at_once_the_worst_first()
    {
        var tree = After(
            After(Tree, Owner, new EnvironmentCommand.Change(Qa, MaintenanceWindows: [new MaintenanceWindow(DayOfWeek.Sunday, new TimeOnly(2, 0), 60)])), User,
            Book("bkg_1", Qa, Hours(3, 4), BookingMode.Shared), Book("bkg_2", QaDb, Hours(4, 5)));
        Assert.Equal(
            [("bkg_2", ConflictKind.Booking), ("ops/year end", ConflictKind.Freeze), ("bkg_1", ConflictKind.Booking), ("env_qa", ConflictKind.Maintenance)],
            ConflictDetection.Find(tree, Wish(Qa), [FreezeTests.Calendar("ops", "Etc/UTC", ("year end", "2027-01-14", "2027-01-15"))]).Worst.Select(c => (c.Id, c.Kind)));
    }

    [Fact]
    public void Of_more_than_are_shown_all_are_counted_and_the_worst_told()
    {
        var tree = After(Tree, User, [.. Enumerable.Range(1, 30).Select(i => Book($"bkg_{i}", Qa, Hours(3, 4), BookingMode.Shared)), Book("bkg_alone", QaDb, Hours(4, 5))]);

        var found = ConflictDetection.Find(tree, Wish(Qa) with { Accepted = ["bkg_7"] }, [], shown: 3);

        Assert.Equal((31, 30), (found.Count, found.InTheWay));
        Assert.Equal(["bkg_alone", "bkg_1", "bkg_2"], found.Worst.Select(c => c.Id));
        Assert.StartsWith("Booking bkg_1 takes", found.Worst[1].Message, StringComparison.Ordinal);
        Assert.EndsWith("Have an approver accept that, or move the refresh.", found.Worst[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_conflict_is_told_in_an_answer_with_its_code()
    {
        var freeze = new RefreshConflict("ops/year end", ConflictKind.Freeze, ConflictSeverity.Blocking, "Frozen.");
        Assert.Equal(new Blocker("conflict_blocking", "Frozen.", "ops/year end"), freeze.ToBlocker());
        Assert.Equal(new Blocker("conflict_not_accepted", "Frozen.", "ops/year end"), (freeze with { Severity = ConflictSeverity.Serious }).ToBlocker());
    }

    internal static SlotWish Wish(EnvironmentId environment, string id = "rfr_1", int slot = 1) =>
        new(new RefreshId(id), slot, environment, Data, Hours(2.5, 5), Accepted: [], Executing: [], Checked: []);

    private static ImmutableArray<RefreshConflict> Find(EnvironmentTree tree, SlotWish wish) => ConflictDetection.Find(tree, wish, []).Worst;

    private static EnvironmentTree Booked(string environment, BookingMode mode, PlanId? plan = null) =>
        After(Tree, User, Book("bkg_1", new EnvironmentId(environment), Hours(3, 5), mode) with { PlanId = plan });
}
