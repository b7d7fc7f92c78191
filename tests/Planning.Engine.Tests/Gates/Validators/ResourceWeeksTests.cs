using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates.Validators;
using Planning.Engine.Tests.Gates.Support;
using static Planning.Engine.Tests.Gates.Support.Judging;

namespace Planning.Engine.Tests.Gates.Validators;

/// <summary>Who is given too much in which week, and what people of unequal time can carry. 2027-01-18 is a Monday, week 3.</summary>
public sealed class ResourceWeeksTests
{
    /// <summary>Two whole weeks.</summary>
    private const string Window = "plan: {start: 2027-01-18, end: 2027-01-31}";

    private const string Team = """
        version: 1.0.0
        members:
          - {id: mara, name: Mara, points_per_week: 5}
          - {id: ines, name: Ines, points_per_week: 5, part_time_percent: 50, working_days: [mon, tue, sat]}
        teams:
          - {id: core, name: Core, members: [mara, ines]}
        """;

    private readonly Workspace workspace = new();
    private readonly ResourceCapacityValidator validator = new();

    [Fact]
    public async Task Effort_lies_on_the_days_of_its_task_and_a_week_with_too_much_is_a_finding_at_the_person()
    {
        var week = Assert.Single(await FindingsAsync(
            "A|assignee: mara|effort_points: 4|start: 2027-01-18|end: 2027-01-22", "B|assignee: mara|effort_points: 4|start: 2027-01-21|end: 2027-01-26"));
        Assert.Equal("team_capacity.yaml:3:10 resource_capacity.overloaded_week /members/0/id warning", $"{Place(week)} {week.Severity}");
        Assert.Equal("Mara has 6 points in 2027-W03, 2027-01-18 to 2027-01-24, but can carry 5: A 4, B 2.", week.Message);
    }

    [Fact]
    public async Task A_task_without_dates_is_spread_over_the_window_and_fills_no_week_alone() =>
        Assert.Empty(await FindingsAsync("A|assignee: mara|effort_points: 10", "B|assignee: ines|effort_points: 5"));

    [Fact]
    public async Task Effort_lies_on_days_on_which_the_person_works()
    {
        // Absent from Thursday of the first week on: all of it falls on Monday to Wednesday.
        const string Away = "version: 1.0.0\nmembers:\n  - {id: mara, name: Mara, points_per_week: 5, absences: [{from: 2027-01-21, to: 2027-01-24}]}\n";
        Assert.Empty(await FindingsAsync(Away, [], "A|assignee: mara|effort_points: 3|start: 2027-01-18|end: 2027-01-22"));
        var week = Assert.Single(await FindingsAsync(Away, [], "A|assignee: mara|effort_points: 3.1|start: 2027-01-18|end: 2027-01-22"));
        Assert.Contains("has 3.1 points in 2027-W03, 2027-01-18 to 2027-01-24, but can carry 3: A 3.1.", week.Message);
        var absent = Assert.Single(await FindingsAsync(Away, [], "A|assignee: mara|effort_points: 1|start: 2027-01-21|end: 2027-01-22"));
        Assert.Equal("be_backlog.yaml:6:15 resource_capacity.absent /tasks/0/assignee warning", $"{Place(absent)} {absent.Severity}");
        Assert.Equal("Mara works on none of the days of 'A', 2027-01-21 to 2027-01-22.", absent.Message);
    }

    [Theory]
    [InlineData("5", false)]
    [InlineData("5.01", true)]
    public async Task Part_time_and_working_days_say_what_a_person_can_carry(string points, bool over) => Assert.Equal(
        over ? ["team_capacity.yaml:4:10 resource_capacity.overloaded_member /members/1/id"] : [],
        (await FindingsAsync($"A|assignee: ines|effort_points: {points}")).Select(Place));

    [Fact]
    public async Task A_saturday_counts_for_whoever_works_on_it()
    {
        Assert.Empty(await FindingsAsync("A|assignee: ines|effort_points: 0.8|start: 2027-01-22|end: 2027-01-24"));
        // Thirds of half of five: exactly what fits, whatever decimals would make of it.
        Assert.Empty(await FindingsAsync("A|assignee: ines|effort_points: 2.5|start: 2027-01-18|end: 2027-01-23"));
    }

    [Fact]
    public async Task A_team_carries_its_own_tasks_and_those_of_its_people()
    {
        Assert.Empty(await FindingsAsync("A|assignee: core|effort_points: 15"));
        var over = await FindingsAsync("A|assignee: core|effort_points: 6", "B|assignee: mara|effort_points: 9.5");
        Assert.Equal(
            ["be_backlog.yaml:5:3 resource_capacity.overloaded_team /tasks", "team_capacity.yaml:6:10 resource_capacity.overloaded_team /teams/0/id"], over.Select(Place));
        Assert.Contains("Core has tasks of 15.5 points, but can carry 15 from", over[1].Message);
    }

    [Fact]
    public async Task A_team_can_have_too_much_in_a_week_although_none_of_its_people_has()
    {
        var weeks = await FindingsAsync("A|assignee: core|effort_points: 8|start: 2027-01-18|end: 2027-01-24");
        Assert.Equal("team_capacity.yaml:6:10 resource_capacity.overloaded_week /teams/0/id", Place(Assert.Single(weeks)));
    }

    [Fact]
    public async Task Holidays_take_their_share_of_the_capacity()
    {
        workspace.Rules = workspace.Rules with { Calendars = [new ChangeCalendar("feasts", "Europe/Zurich", [new("long", new(2027, 1, 18), new(2027, 1, 19))])] };
        const string Points = "A|assignee: mara|effort_points: 8.1";
        Assert.Empty(await FindingsAsync(Points));
        Assert.Equal("Mara has tasks of 8.1 points, but can carry 8 from 2027-01-18 to 2027-01-31.", Assert.Single(await FindingsAsync(Team, [("holidays", """["feasts"]""")], Points)).Message);
        Assert.Equal(["gates.yaml:1:1 timeline.unknown_calendar"], (await FindingsAsync(Team, [("holidays", """["feast"]""")], Points)).Select(Place));
    }

    [Theory]
    [InlineData("off", null)]
    [InlineData("warning", "warning")]
    [InlineData("error", "error")]
    public async Task What_an_overloaded_week_is_can_be_configured(string weeks, string? severity) => Assert.Equal(
        severity is null ? [] : [severity],
        (await FindingsAsync(Team, [("weeks", $"\"{weeks}\"")], "A|assignee: mara|effort_points: 6|start: 2027-01-18|end: 2027-01-22")).Select(f => f.Severity));

    [Fact]
    public async Task Who_has_too_much_over_all_is_not_told_so_for_each_week() => Assert.Equal(
        ["resource_capacity.overloaded_member"], (await FindingsAsync("A|assignee: mara|effort_points: 11")).Select(f => f.Rule));

    [Fact]
    public async Task Of_many_weeks_ten_are_findings_and_the_rest_is_counted()
    {
        // Six points on each Monday of twelve weeks of thirteen: the last has none.
        var mondays = Enumerable.Range(0, 12).Select(i => new DateOnly(2027, 1, 18).AddDays(7 * i));
        var plan = workspace.AddPlan(
            "pln_1", ("team_capacity.yaml", "version: 1.0.0\nmembers:\n  - {id: mara, name: Mara, points_per_week: 5.6}\n"),
            ("be_backlog.yaml", BacklogWith("plan: {start: 2027-01-18, end: 2027-04-18}", [.. mondays.Select((day, i) => $"T{i:00}|assignee: mara|effort_points: 6|start: {day:yyyy-MM-dd}|end: {day:yyyy-MM-dd}")])));
        var weeks = await workspace.FindingsAsync(validator, plan);
        Assert.Equal(10, weeks.Length);
        Assert.EndsWith("T09 6. There are 2 more such weeks, beyond max_weeks = 10.", weeks.Single(f => f.Message.Contains("2027-W12")).Message);
    }

    [Fact]
    public async Task Of_many_tasks_five_are_named() => Assert.Contains(
        ": T1 1, T2 1, T3 1, T4 1, T5 1 and 1 more tasks.",
        Assert.Single(await FindingsAsync([.. Enumerable.Range(1, 6).Select(i => $"T{i}|assignee: mara|effort_points: 1|start: 2027-01-18|end: 2027-01-19")])).Message);

    [Fact]
    public async Task A_window_of_more_than_ten_years_is_a_finding()
    {
        var plan = workspace.AddPlan("pln_1", ("team_capacity.yaml", Team), ("be_backlog.yaml", BacklogWith("plan: {start: 2027-01-18, end: 2037-01-25}", "A|effort_points: 1")));
        Assert.Equal(["be_backlog.yaml:3:32 resource_capacity.window_too_long /plan/end"], await workspace.PlacesAsync(validator, plan));
    }

    private static string Place(FindingSummary f) => $"{f.File}:{f.Line}:{f.Column} {f.Rule} {f.Pointer}".TrimEnd();

    private Task<FindingSummary[]> FindingsAsync(params string[] tasks) => FindingsAsync(Team, [], tasks);

    private async Task<FindingSummary[]> FindingsAsync(string team, (string, string)[] parameters, params string[] tasks) =>
        [.. await workspace.FindingsAsync(validator, Plan(team, tasks), parameters)];

    private Plan Plan(string team, string[] tasks) => workspace.AddPlan("pln_1", ("be_backlog.yaml", BacklogWith(Window, tasks)), ("team_capacity.yaml", team));
}
