using Planning.Domain.Plans;
using Planning.Engine.Gates.Validators;
using Planning.Engine.Tests.Gates.Support;
using Xunit;
using static Planning.Engine.Tests.Gates.Support.Judging;

namespace Planning.Engine.Tests.Gates.Validators;

public sealed class ResourceCapacityTests
{
    /// <summary>Two weeks: ten working days.</summary>
    private const string Window = "plan: {start: 2027-01-18, end: 2027-01-31}";

    private const string Team = """
        version: 1.0.0
        members:
          - id: mara
            name: Mara
            points_per_week: 5
            skills: [dotnet]
          - id: ines
            name: Ines
            points_per_cycle: 4
            absences: [{from: 2027-01-28, to: 2027-02-20}, {from: 2027-01-28, to: 2027-01-29}]
        """;

    private readonly Workspace workspace = new();
    private readonly ResourceCapacityValidator validator = new();

    [Fact]
    public async Task A_plan_that_the_team_and_each_person_can_carry_passes() =>
        Assert.Empty(await PlacesAsync("A|assignee: mara|effort_points: 10", "B|assignee: ines|effort_points: 3.2"));

    [Fact]
    public async Task A_person_with_more_than_fits_is_a_finding_at_the_person_even_when_the_team_could_carry_it() => Assert.Equal(
        ["team_capacity.yaml:7:9 resource_capacity.overloaded_member /members/1/id"],
        await PlacesAsync("A|assignee: mara|effort_points: 1", "B|assignee: ines|effort_points: 3.3"));

    [Fact]
    public async Task A_team_with_more_than_fits_is_a_finding_at_the_tasks() => Assert.Equal(
        ["be_backlog.yaml:5:3 resource_capacity.overloaded_team /tasks"],
        await PlacesAsync("A|assignee: mara|effort_points: 10", "B|effort_points: 3.3"));

    [Fact]
    public async Task A_missing_estimate_is_a_finding_and_not_zero() => Assert.Equal(
        ["be_backlog.yaml:5:5 resource_capacity.missing_estimate /tasks/0", "be_backlog.yaml:8:20 resource_capacity.missing_estimate /tasks/1/effort_points"],
        await PlacesAsync("A|assignee: mara", "B|effort_points: null", "C|effort_points: 0"));

    [Fact]
    public async Task What_is_done_needs_neither_capacity_nor_estimate() =>
        Assert.Empty(await PlacesAsync("A|assignee: mara|effort_points: 500|status: done", "B|status: done"));

    [Fact]
    public async Task An_assignee_who_is_no_member_is_a_finding() => Assert.Equal(
        ["be_backlog.yaml:6:15 resource_capacity.unknown_assignee /tasks/0/assignee"], await PlacesAsync("A|assignee: nobody|effort_points: 1"));

    [Fact]
    public async Task A_skill_that_is_not_there_is_warned_of() => Assert.Equal(
        ["be_backlog.yaml:7:14 resource_capacity.missing_skill /tasks/0/skills/0", "be_backlog.yaml:10:22 resource_capacity.missing_skill /tasks/1/skills/1"],
        await PlacesAsync("A|assignee: ines|skills: [dotnet]|effort_points: 1", "B|skills: [dotnet, cobol]|effort_points: 1"));

    [Fact]
    public async Task A_lower_utilization_leaves_less_room() => Assert.Equal(
        ["team_capacity.yaml:3:9 resource_capacity.overloaded_member /members/0/id"],
        await workspace.PlacesAsync(validator, Plan(Team, "A|assignee: mara|effort_points: 8.1"), ("max_utilization_percent", "80")));

    [Fact]
    public async Task A_missing_model_an_unreadable_one_and_one_without_capacity_are_findings()
    {
        Assert.Equal(["people.yaml:1:1 resource_capacity.missing_model"], await workspace.PlacesAsync(validator, Plan(Team, "A|effort_points: 1"), ("capacity_model", "\"people.yaml\"")));
        Assert.Equal(["team_capacity.yaml:1:10 resource_capacity.unreadable"], await workspace.PlacesAsync(validator, Plan("members: [\n", "A|effort_points: 1")));
        Assert.Equal(
            ["be_backlog.yaml:5:3 resource_capacity.overloaded_team /tasks", "team_capacity.yaml:3:5 capacity.one_capacity /members/0"],
            await workspace.PlacesAsync(validator, Plan("version: 1.0.0\nmembers:\n  - id: mara\n", "A|effort_points: 1")));
    }

    [Fact]
    public async Task Without_a_window_capacity_is_not_known() => Assert.Equal(
        ["plan:1:1 resource_capacity.no_window"],
        await workspace.PlacesAsync(validator, workspace.AddPlan("pln_1", ("be_backlog.yaml", Backlog("A|effort_points: 1")), ("team_capacity.yaml", Team))));

    private Plan Plan(string team, params string[] tasks) => workspace.AddPlan(
        "pln_1", ("be_backlog.yaml", BacklogWith(Window, tasks)), ("team_capacity.yaml", team));

    private Task<string[]> PlacesAsync(params string[] tasks) => workspace.PlacesAsync(validator, Plan(Team, tasks));
}
