using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Plans;
using Planning.Domain.Refreshes;
using Planning.Domain.Rulebooks;
using Planning.Engine.Entities;
using Planning.Engine.Tests.Gates.Support;
using static Planning.Engine.Tests.Gates.Support.Judging;

namespace Planning.Engine.Tests.Gates.Pages;

/// <summary>The runs are on 2027-01-15, a Friday.</summary>
internal static class TimelineExamples
{
    private const string Window = "plan: {start: 2027-01-18, end: 2027-02-12}";

    private static readonly EnvironmentId Staging = new("env_staging");
    private static readonly PlanWindow FirstWeek = new(new(2027, 2, 1), new(2027, 2, 5));

    public static IEnumerable<PageExample> All { get; } =
    [
        Of(BacklogWith(
            Window, "A|dependencies: []|start: 2027-01-18|end: 2027-01-20", "B|dependencies: [A]|start: 2027-01-20|end: 2027-01-22|duration_days: 5",
            "C|dependencies: [B]|duration_days: 30")),
        Of(BacklogWith("plan: {start: 2027-01-18, end: 2028-01-18}", "A|dependencies: []"), ("zone", "\"Mars/Olympus\""), ("holidays", """["feasts"]""")),
        Of(Backlog("A|dependencies: []")),
        Of(BacklogWith("plan: {start: 2026-12-01, end: 2027-01-14}", "A|dependencies: []")),
        Of("tasks: [\n"),
        Of(BacklogWith(Window, "A|dependencies: []")) with { Around = workspace => workspace.Rules = workspace.Rules with { Calendars = [Freeze(new(2027, 2, 1))] } },
        Booked(FirstWeek, workspace => SetTree(workspace, retired: true)),
        Booked(new(new(2027, 2, 2), new(2027, 2, 5)), workspace =>
        {
            workspace.Rules = workspace.Rules with { Calendars = [Freeze(new(2027, 2, 1))] };
            SetTree(workspace, retired: false);
        }),
        Booked(FirstWeek, workspace =>
        {
            SetTree(workspace, retired: false, new ScheduleEntry("rfr_1", EntryKind.Refresh, Staging, BookingMode.Exclusive, Hours(10, 14), new PersonId("psn_2"), Slot: 1));
            workspace.Set(EntityKey.Of(Workspace.Id, new RefreshId("rfr_1")), new Refresh
            {
                Id = new RefreshId("rfr_1"), EnvironmentId = Staging, Type = RefreshType.DatabaseCopy.Name, Scope = ImpactScope.Of(RefreshType.DatabaseCopy, [], false).Scope!,
                Window = Hours(10, 14), Status = RefreshStatus.Scheduled,
            });
        }),
    ];

    private static PageExample Of(string backlog, params (string, string)[] parameters) => new("timeline", ("be_backlog.yaml", backlog)) { Parameters = parameters };

    private static PageExample Booked(PlanWindow window, Action<Workspace> around) =>
        Of(Backlog("A|dependencies: []")) with { Window = window, Around = around };

    private static ChangeCalendar Freeze(DateOnly day) => new("release", "Europe/Berlin", [new ChangeFreeze("winter", day, day)]);

    private static TimeWindow Hours(double from, double to) => new(
        new DateTimeOffset(2027, 2, 1, 0, 0, 0, TimeSpan.Zero).AddHours(from), new DateTimeOffset(2027, 2, 1, 0, 0, 0, TimeSpan.Zero).AddHours(to));

    /// <summary>The plan has booked the environment for a morning.</summary>
    private static void SetTree(Workspace workspace, bool retired, params ScheduleEntry[] others) => workspace.Set(
        EntityKey.Of(Workspace.Id, new EnvironmentTreeId("etr_1")),
        EnvironmentTree.None with
        {
            Environments = EnvironmentTree.None.Environments.Add(Staging.Value, new SharedEnvironment(Staging, "Staging", Parent: null, "platform", [], "Etc/UTC", [], retired)),
            Entries = [new("bkg_1", EntryKind.Booking, Staging, BookingMode.Shared, Hours(8, 12), new PersonId("psn_1"), new PlanId("pln_1")), .. others],
        });
}
