using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Domain.Refreshes;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates.Validators;
using Planning.Engine.Tests.Gates.Support;
using Xunit;
using static Planning.Engine.Tests.Gates.Support.Judging;

namespace Planning.Engine.Tests.Gates.Validators;

/// <summary>A plan that has booked an environment, and what may happen to that.</summary>
public sealed class TimelineEnvironmentTests
{
    private static readonly EnvironmentTreeId TreeId = new("etr_1");
    private static readonly EnvironmentId Staging = new("env_1"), Database = new("env_1_db");
    private static readonly DateTimeOffset Day = new(2027, 2, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ScheduleEntry Booking = new(
        "bkg_1_x", EntryKind.Booking, Database, BookingMode.Shared, Hours(8, 12), new PersonId("psn_1"), new PlanId("pln_1"));

    private readonly Workspace workspace = new();

    [Fact]
    public async Task A_booking_that_nothing_disturbs_is_no_finding() => Assert.Empty(await FindingsAsync(Booking));

    [Fact]
    public async Task A_refresh_that_destroys_what_the_plan_needs_fails_it_and_the_next_window_is_named()
    {
        Refresh("rfr_1", Database, RefreshType.DatabaseCopy, Hours(10, 14));

        var finding = Assert.Single(await FindingsAsync(Booking, Slot("rfr_1", Database, Hours(10, 14))));

        Assert.Equal(("timeline.environment_refreshed", "error"), (finding.Rule, finding.Severity));
        Assert.Contains("The refresh rfr_1 (database_copy) takes Database (env_1_db) from 2027-02-01 10:00Z to 2027-02-01 14:00Z", finding.Message);
        Assert.Contains("The next free window of this length is 2027-02-01 14:00Z to 2027-02-01 18:00Z.", finding.Advice);
    }

    [Theory]
    [InlineData(true, "error")]
    [InlineData(false, "warning")]
    public async Task A_refresh_of_what_is_above_reaches_it_with_its_children_alone(bool withChildren, string severity)
    {
        Refresh("rfr_1", Staging, RefreshType.Redeployment, Hours(8, 9), withChildren);

        Assert.Equal(severity, Assert.Single(await FindingsAsync(Booking, Slot("rfr_1", Staging, Hours(8, 9)))).Severity);
    }

    [Fact]
    public async Task An_environment_that_is_retired_fails_the_plan() =>
        Assert.Equal(("timeline.environment_retired", "error"), Told(Assert.Single(await FindingsAsync(retired: true, Booking))));

    [Fact]
    public async Task A_booking_in_a_freeze_or_outside_of_the_plan_is_warned_of()
    {
        workspace.Rules = workspace.Rules with { Calendars = [new ChangeCalendar("release", "Europe/Berlin", [new ChangeFreeze("winter", new(2027, 2, 1), new(2027, 2, 1))])] };

        var findings = await FindingsAsync(retired: false, new PlanWindow(new(2027, 2, 2), new(2027, 2, 5)), Booking);

        Assert.Equal(
            [("timeline.booking_in_freeze", "warning"), ("timeline.booking_outside_window", "warning")],
            findings.Select(Told).Order());
    }

    [Fact]
    public async Task A_result_is_kept_until_the_schedule_changes()
    {
        var validator = new TimelineValidator();
        workspace.Rules = workspace.Rules.With(Gate.Validator(validator.Type));
        using var runner = Gate.Runner(workspace, [validator]);
        var plan = Plan(new PlanWindow(new(2027, 2, 1), new(2027, 2, 5)));
        var cached = new List<bool>();
        foreach (var changes in new[] { false, false, true, false })
        {
            if (changes || cached.Count == 0)
                SetTree(retired: false, Booking);
            var report = await runner.RunAsync(EntityKey.Of(Workspace.Id, plan.Id), workspace.Start(plan, Gate.Name), Workspace.Now, CancellationToken.None);
            cached.Add(report.Results[0].Cached);
        }

        Assert.Equal([false, true, false, true], cached);
    }

    private static TimeWindow Hours(double from, double to) => new(Day.AddHours(from), Day.AddHours(to));

    private static ScheduleEntry Slot(string id, EnvironmentId environment, TimeWindow window) =>
        new(id, EntryKind.Refresh, environment, BookingMode.Exclusive, window, new PersonId("psn_2"), Slot: 1);

    private static (string, string) Told(FindingSummary finding) => (finding.Rule, finding.Severity);

    private void Refresh(string id, EnvironmentId environment, RefreshType type, TimeWindow window, bool withChildren = false) => workspace.Set(
        EntityKey.Of(Workspace.Id, new RefreshId(id)),
        new Refresh
        {
            Id = new RefreshId(id), EnvironmentId = environment, Type = type.Name, Scope = ImpactScope.Of(type, [], withChildren).Scope!, Window = window, Status = RefreshStatus.Scheduled,
        });

    private void SetTree(bool retired, params ScheduleEntry[] entries) => workspace.Set(EntityKey.Of(Workspace.Id, TreeId), EnvironmentTree.None with
    {
        Environments = EnvironmentTree.None.Environments
            .Add(Staging.Value, new SharedEnvironment(Staging, "Staging", Parent: null, "platform", [], "Etc/UTC", []))
            .Add(Database.Value, new SharedEnvironment(Database, "Database", Staging, "platform", [], "Etc/UTC", [], retired)),
        Entries = [.. entries],
    });

    private Plan Plan(PlanWindow window) => workspace.AddPlan(
        new Plan { Id = new PlanId("pln_1"), Stream = "payments", GivenWindow = window }, ("be_backlog.yaml", Backlog("A|dependencies: []")));

    private Task<ImmutableArray<FindingSummary>> FindingsAsync(params ScheduleEntry[] entries) => FindingsAsync(retired: false, entries);

    private Task<ImmutableArray<FindingSummary>> FindingsAsync(bool retired, params ScheduleEntry[] entries) =>
        FindingsAsync(retired, new PlanWindow(new(2027, 2, 1), new(2027, 2, 5)), entries);

    private Task<ImmutableArray<FindingSummary>> FindingsAsync(bool retired, PlanWindow window, params ScheduleEntry[] entries)
    {
        SetTree(retired, entries);
        return workspace.FindingsAsync(new TimelineValidator(), Plan(window));
    }
}
