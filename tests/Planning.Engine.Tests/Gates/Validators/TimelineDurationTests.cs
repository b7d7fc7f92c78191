using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates.Validators;
using Planning.Engine.Tests.Gates.Support;
using static Planning.Engine.Tests.Gates.Support.Judging;

namespace Planning.Engine.Tests.Gates.Validators;

/// <summary>Tasks with durations, in working days and in calendar days, and the critical path that follows. 2027-01-18 is a Monday.</summary>
public sealed class TimelineDurationTests
{
    private const string Window = "plan: {start: 2027-01-18, end: 2027-02-12}";

    private readonly Workspace workspace = new();
    private readonly TimelineValidator validator = new();

    [Theory]
    [InlineData("duration_days: 5", "2027-01-23", null)]
    [InlineData("duration_days: 6", "2027-01-25", "2027-01-25")]
    [InlineData("duration_days: 6|duration_calendar: working", "2027-01-26", null)]
    [InlineData("duration_days: 8|duration_calendar: calendar", "2027-01-25", "2027-01-25")]
    [InlineData("duration_days: 7|duration_calendar: calendar", "2027-01-25", null)]
    public async Task A_duration_counts_working_days_unless_it_says_otherwise(string duration, string start, string? until)
    {
        var findings = await FindingsAsync($"A|dependencies: []|start: 2027-01-18|{duration}", $"B|dependencies: [A]|start: {start}");
        if (until is null)
            Assert.Empty(findings);
        else
            Assert.Contains($"'A', which it depends on, takes until {until}.", Assert.Single(findings).Message);
    }

    [Fact]
    public async Task Holidays_are_no_working_days()
    {
        workspace.Rules = workspace.Rules with { Calendars = [new ChangeCalendar("feasts", "Europe/Zurich", [new("long", new(2027, 1, 19), new(2027, 1, 24)), new("again", new(2027, 1, 20), new(2027, 1, 25))])] };
        var findings = await FindingsAsync([("holidays", """["feasts"]""")], "A|dependencies: []|start: 2027-01-18|duration_days: 2", "B|dependencies: [A]|start: 2027-01-26");
        Assert.Contains("takes until 2027-01-26.", Assert.Single(findings).Message);
    }

    [Fact]
    public async Task A_task_with_a_duration_alone_begins_with_the_plan_or_after_what_it_depends_on()
    {
        var findings = await FindingsAsync(
            "A|dependencies: []|duration_days: 5", "B|dependencies: [A]|duration_days: 1", "C|dependencies: [B]", "D|dependencies: [C]|start: 2027-01-25");
        var early = Assert.Single(findings);
        Assert.Equal("be_backlog.yaml:15:12 timeline.starts_too_early /tasks/3/start", Place(early));
        Assert.Contains("'B', which it depends on, takes until 2027-01-25 at the earliest. 'C' has no dates of its own, but waits for it.", early.Message);
    }

    [Fact]
    public async Task Of_a_chain_that_runs_beyond_the_window_the_first_task_is_warned_of() => Assert.Equal(
        ["be_backlog.yaml:10:20 timeline.outside_window /tasks/1/duration_days"],
        (await FindingsAsync(
            "A|dependencies: []|duration_days: 20", "B|dependencies: [A]|duration_days: 1", "C|dependencies: [B]|duration_days: 1")).Select(Place));

    [Fact]
    public async Task A_duration_that_contradicts_start_and_end_is_a_finding()
    {
        var differs = Assert.Single(await FindingsAsync(
            "A|dependencies: []|start: 2027-01-18|end: 2027-01-22|duration_days: 4", "B|dependencies: []|start: 2027-01-18|end: 2027-01-22|duration_days: 5"));
        Assert.Equal("be_backlog.yaml:9:20 timeline.duration_differs /tasks/0/duration_days", Place(differs));
        Assert.Equal("'A' takes 4 working days from 2027-01-18, which is until 2027-01-21, but it ends on 2027-01-22.", differs.Message);
    }

    [Theory]
    [InlineData("duration_days: 0", "field.range /tasks/0/duration_days")]
    [InlineData("duration_days: 1.5", "field.range /tasks/0/duration_days")]
    [InlineData("duration_days: 2|duration_calendar: lunar", "field.range /tasks/0/duration_calendar")]
    public async Task A_duration_that_cannot_be_is_a_finding(string duration, string expected) => Assert.Equal(
        [expected], (await FindingsAsync($"A|dependencies: []|{duration}")).Select(f => $"{f.Rule} {f.Pointer}"));

    [Fact]
    public async Task What_is_done_takes_no_more_time_and_a_circle_has_no_days() => Assert.Empty(await FindingsAsync(
        "A|dependencies: []|duration_days: 500|status: done", "B|dependencies: [C]|duration_days: 500", "C|dependencies: [B]|duration_days: 500", "D|dependencies: [A, B]|start: 2027-01-18"));

    [Fact]
    public async Task The_critical_path_is_told_with_its_days_and_the_slack_of_other_tasks()
    {
        var path = await PathAsync(
            "A|dependencies: []|start: 2027-01-18|end: 2027-01-20", "B|dependencies: [A]|duration_days: 7", "C|dependencies: [A]|start: 2027-01-21|end: 2027-01-25",
            "D|dependencies: [B, C]|start: 2027-02-01|end: 2027-02-02", "E|dependencies: []|start: 2027-01-18|end: 2027-01-18", "F|dependencies: []|start: 2027-02-01|end: 2027-02-01|status: done");
        Assert.Equal("be_backlog.yaml:16:9 timeline.critical_path /tasks/3/id info", Place(path) + " " + path.Severity);
        Assert.Equal(
            "The critical path takes 16 days, 12 of them working days, and ends on 2027-02-02, 8 working days before the plan's window does: "
                + "A (2027-01-18 to 2027-01-20) → B (2027-01-21 to 2027-01-29) → D (2027-02-01 to 2027-02-02). Beside it, slack in working days of 5 or less have C 4.",
            path.Message);
    }

    [Fact]
    public async Task Slack_counts_through_tasks_without_dates_and_ends_where_dependents_begin_too_early()
    {
        var path = await PathAsync(
            "A|dependencies: []|start: 2027-01-18|end: 2027-01-19", "B|dependencies: [A]", "C|dependencies: [B]|start: 2027-01-25|duration_days: 2|duration_calendar: calendar",
            "L|dependencies: []|start: 2027-01-18|end: 2027-01-26", "X|dependencies: []|start: 2027-01-18|end: 2027-01-25", "Y|dependencies: [X]|start: 2027-01-20|end: 2027-01-26");
        Assert.Contains(": A (2027-01-18 to 2027-01-19) → C (2027-01-25 to 2027-01-26). Beside it, slack in working days of 5 or less have X -4, L 0, Y 0.", path.Message);
    }

    [Fact]
    public async Task Of_many_tasks_with_little_slack_ten_are_listed_and_the_rest_is_counted()
    {
        var path = await PathAsync([.. Enumerable.Range(1, 14).Select(i => $"T{i:00}|dependencies: []|start: 2027-02-12")]);
        Assert.Contains("takes 1 day, 1 of them working days, and ends on 2027-02-12: T01 (2027-02-12). Beside it", path.Message);
        Assert.EndsWith("T10 0, T11 0 and 3 more.", path.Message);
    }

    [Fact]
    public async Task Without_dates_there_is_no_critical_path() => Assert.DoesNotContain(
        await workspace.FindingsAsync(validator, Plan("A|dependencies: []", "B|dependencies: [A]")), f => f.Rule == CriticalPath.PathRule);

    private static string Place(FindingSummary f) => $"{f.File}:{f.Line}:{f.Column} {f.Rule} {f.Pointer}";

    private async Task<FindingSummary> PathAsync(params string[] tasks) =>
        Assert.Single(await workspace.FindingsAsync(validator, Plan(tasks)), f => f.Rule == CriticalPath.PathRule);

    private Task<FindingSummary[]> FindingsAsync(params string[] tasks) => FindingsAsync([], tasks);

    private async Task<FindingSummary[]> FindingsAsync((string, string)[] parameters, params string[] tasks) =>
        [.. (await workspace.FindingsAsync(validator, Plan(tasks), parameters)).Where(f => f.Rule != CriticalPath.PathRule)];

    private Plan Plan(params string[] tasks) => workspace.AddPlan("pln_1", ("be_backlog.yaml", BacklogWith(Window, tasks)));
}
