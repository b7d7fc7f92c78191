using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates;
using Planning.Engine.Gates.Validators;
using Planning.Engine.Tests.Gates.Support;
using Xunit;
using static Planning.Engine.Tests.Gates.Support.Judging;

namespace Planning.Engine.Tests.Gates.Validators;

public sealed class TimelineTests
{
    private const string Window = "plan: {start: 2027-01-18, end: 2027-03-31}";

    private readonly Workspace workspace = new();
    private readonly TimelineValidator validator = new();

    [Fact]
    public async Task Tasks_in_order_within_the_window_pass() => Assert.Empty(await PlacesAsync(BacklogWith(
        Window, "A|dependencies: []|start: 2027-01-18|end: 2027-01-20", "B|dependencies: [A]|start: 2027-01-21|end: 2027-01-21", "C|dependencies: [B]")));

    [Fact]
    public async Task A_task_that_starts_on_the_last_day_of_its_dependency_is_a_finding() => Assert.Equal(
        ["be_backlog.yaml:11:12 timeline.starts_too_early /tasks/1/start"],
        await PlacesAsync(BacklogWith(Window, "A|dependencies: []|start: 2027-01-18|end: 2027-01-20", "B|dependencies: [A]|start: 2027-01-20")));

    [Fact]
    public async Task Dates_count_through_tasks_that_have_none()
    {
        var findings = await workspace.FindingsAsync(validator, Plan(BacklogWith(
            Window, "A|dependencies: []|start: 2027-01-18|end: 2027-01-20", "B|dependencies: [A]", "C|dependencies: [B]|start: 2027-01-19")));
        var early = Assert.Single(findings, f => f.Rule == ScheduleChecks.OrderRule);
        Assert.Equal("/tasks/2/start", early.Pointer);
        Assert.Contains("'A', which it depends on, takes until 2027-01-20. 'B' has no dates of its own, but waits for it.", early.Message);
    }

    [Fact]
    public async Task Dates_count_across_plans()
    {
        workspace.AddPlan("pln_2", ("be_backlog.yaml", Backlog("X|dependencies: []|start: 2027-01-18|end: 2027-02-20")));
        Assert.Equal(
            ["be_backlog.yaml:7:12 timeline.starts_too_early /tasks/0/start"],
            await PlacesAsync(BacklogWith(Window, "A|dependencies: [pln_2/X]|start: 2027-02-01")));
    }

    [Fact]
    public async Task A_task_that_ends_before_it_starts_is_a_finding() => Assert.Equal(
        ["be_backlog.yaml:8:10 field.range /tasks/0/end"],
        await PlacesAsync(BacklogWith(Window, "A|dependencies: []|start: 2027-01-20|end: 2027-01-19")));

    [Fact]
    public async Task A_date_that_is_none_is_a_finding() => Assert.Equal(
        ["be_backlog.yaml:7:12 field.date /tasks/0/start"], await PlacesAsync(BacklogWith(Window, "A|dependencies: []|start: 2027-02-30")));

    [Fact]
    public async Task Tasks_outside_the_window_are_warned_of() => Assert.Equal(
        ["be_backlog.yaml:7:12 timeline.outside_window /tasks/0/start", "be_backlog.yaml:8:10 timeline.outside_window /tasks/0/end"],
        await PlacesAsync(BacklogWith(Window, "A|dependencies: []|start: 2027-01-17|end: 2027-04-01")));

    [Theory]
    [InlineData("2027-04-15", false)]
    [InlineData("2027-04-16", true)]
    public async Task A_window_may_end_on_the_last_day_of_the_horizon_and_not_later(string end, bool beyond) => Assert.Equal(
        beyond ? ["be_backlog.yaml:3:32 timeline.beyond_horizon /plan/end"] : [],
        await PlacesAsync(BacklogWith($"plan: {{start: 2027-01-18, end: {end}}}", "A|dependencies: []"), ("horizon_days", "90")));

    [Fact]
    public async Task A_window_given_with_the_plan_wins_over_the_backlogs()
    {
        var plan = workspace.AddPlan(
            new Plan { Id = new("pln_1"), GivenWindow = new PlanWindow(new(2027, 1, 18), new(2028, 1, 18)) }, ("be_backlog.yaml", BacklogWith(Window, "A|dependencies: []")));
        Assert.Equal(["plan:1:1 timeline.beyond_horizon /window/end"], await workspace.PlacesAsync(validator, plan));
    }

    [Fact]
    public async Task A_plan_without_a_window_is_warned_of_and_one_in_the_past_too()
    {
        Assert.Equal(["plan:1:1 timeline.no_window"], await PlacesAsync(Backlog("A|dependencies: []")));
        Assert.Equal(
            ["be_backlog.yaml:3:32 timeline.window_is_past /plan/end"], await PlacesAsync(BacklogWith("plan: {start: 2026-12-01, end: 2027-01-14}", "A|dependencies: []")));
    }

    [Fact]
    public async Task A_change_freeze_that_meets_the_window_is_a_finding()
    {
        Freeze("audits", new(2027, 3, 31), new(2027, 4, 9));
        Assert.Equal(["be_backlog.yaml:3:7 timeline.change_freeze /plan"], await PlacesAsync(BacklogWith(Window, "A|dependencies: []")));
        Assert.Empty(await PlacesAsync(BacklogWith(Window, "A|dependencies: []"), ("freezes", "\"off\"")));
        Assert.Equal("warning", Assert.Single(await workspace.FindingsAsync(validator, Plan(BacklogWith(Window, "A|dependencies: []")), ("freezes", "\"warning\""))).Severity);
        Freeze("audits", new(2027, 4, 1), new(2027, 4, 9));
        Assert.Empty(await PlacesAsync(BacklogWith(Window, "A|dependencies: []")));
    }

    [Fact]
    public async Task Only_the_calendars_that_are_named_count_and_a_wrong_name_is_a_finding()
    {
        Freeze("audits", new(2027, 3, 1), new(2027, 3, 2));
        Assert.Equal(
            ["gates.yaml:1:1 timeline.unknown_calendar"], await PlacesAsync(BacklogWith(Window, "A|dependencies: []"), ("calendars", """["holidays"]""")));
        Assert.Single(await PlacesAsync(BacklogWith(Window, "A|dependencies: []"), ("calendars", """["audits"]""")));
    }

    [Fact]
    public async Task Holidays_freeze_nothing_unless_their_calendar_is_named_for_both()
    {
        Freeze("holidays", new(2027, 3, 1), new(2027, 3, 2));
        Assert.Empty(await PlacesAsync(BacklogWith(Window, "A|dependencies: []"), ("holidays", """["holidays"]""")));
        Assert.Single(await PlacesAsync(BacklogWith(Window, "A|dependencies: []"), ("holidays", """["holidays"]"""), ("calendars", """["holidays"]""")));
        Assert.Equal(
            ["gates.yaml:1:1 timeline.unknown_calendar"],
            await PlacesAsync(BacklogWith(Window, "A|dependencies: []"), ("holidays", """["feasts"]"""), ("calendars", "[]")));
    }

    [Theory]
    [InlineData("Etc/UTC", false)]
    [InlineData("Pacific/Kiritimati", true)]
    public async Task Today_is_the_day_in_the_plans_zone(string zone, bool past) => Assert.Equal(
        past ? ["be_backlog.yaml:3:32 timeline.window_is_past /plan/end"] : [],
        (await AtAsync(new(2027, 1, 15, 12, 0, 0, TimeSpan.Zero), zone)).Findings.Select(f => $"{f.File}:{f.Line}:{f.Column} {f.Rule} {f.Pointer}"));

    [Fact]
    public async Task A_result_is_kept_for_a_day_in_the_plans_zone()
    {
        workspace.Rules = workspace.Rules.With(Gate.Validator(validator.Type, ("zone", "\"Pacific/Kiritimati\"")));
        using var runner = Gate.Runner(workspace, [validator]);
        // The day begins there at 10:00 UTC.
        Assert.False((await AtAsync(Workspace.Now.AddMinutes(30), runner)).Results[0].Cached);
        Assert.True((await AtAsync(Workspace.Now.AddMinutes(59), runner)).Results[0].Cached);
        Assert.False((await AtAsync(Workspace.Now.AddMinutes(60), runner)).Results[0].Cached);
    }

    [Fact]
    public async Task A_zone_that_is_none_is_a_finding() => Assert.Equal(
        ["gates.yaml:1:1 timeline.unknown_zone"], await PlacesAsync(BacklogWith(Window, "A|dependencies: []"), ("zone", "\"Mars/Olympus\"")));

    [Fact]
    public async Task A_backlog_that_cannot_be_read_is_a_finding() =>
        Assert.Contains("be_backlog.yaml:1:8 timeline.unreadable", await PlacesAsync("tasks: [\n"));

    [Fact]
    public async Task A_result_is_kept_for_its_day_and_rulebook_only()
    {
        workspace.Rules = workspace.Rules.With(Gate.Validator(validator.Type));
        using var runner = Gate.Runner(workspace, [validator]);
        var plan = Plan(Backlog("A|dependencies: []"));
        var cached = new List<bool>();
        foreach (var (hours, rules) in new[] { (0, "a"), (1, "a"), (24, "a"), (24, "b") })
        {
            workspace.Rules = workspace.Rules with { Hash = new(rules) };
            var report = await runner.RunAsync(EntityKey.Of(Workspace.Id, plan.Id), workspace.Start(plan, Gate.Name), Workspace.Now.AddHours(hours), CancellationToken.None);
            cached.Add(report.Results[0].Cached);
        }
        Assert.Equal([false, true, false, false], cached);
    }

    private async Task<GateRunReport> AtAsync(DateTimeOffset at, string zone)
    {
        workspace.Rules = workspace.Rules.With(Gate.Validator(validator.Type, ("zone", $"\"{zone}\"")));
        using var runner = Gate.Runner(workspace, [validator]);
        return await AtAsync(at, runner);
    }

    private Task<GateRunReport> AtAsync(DateTimeOffset at, GateRunner runner)
    {
        var plan = Plan(BacklogWith("plan: {start: 2027-01-04, end: 2027-01-15}", "A|dependencies: []"));
        return runner.RunAsync(EntityKey.Of(Workspace.Id, plan.Id), workspace.Start(plan, Gate.Name), at, CancellationToken.None);
    }

    private void Freeze(string calendar, DateOnly from, DateOnly to) =>
        workspace.Rules = workspace.Rules with { Calendars = [new ChangeCalendar(calendar, "Europe/Zurich", [new ChangeFreeze("closing", from, to)])] };

    private Plan Plan(string backlog) => workspace.AddPlan("pln_1", ("be_backlog.yaml", backlog));

    /// <summary>Without the critical path, which has tests of its own.</summary>
    private async Task<string[]> PlacesAsync(string backlog, params (string, string)[] parameters) =>
        [.. (await workspace.PlacesAsync(validator, Plan(backlog), parameters)).Where(place => !place.Contains(CriticalPath.PathRule))];
}
