using Planning.Domain.Plans;
using Planning.Engine.Gates.Validators;
using Planning.Engine.Tests.Gates.Support;
using Xunit;
using static Planning.Engine.Tests.Gates.Support.Judging;

namespace Planning.Engine.Tests.Gates.Validators;

public sealed class ReferencesTests
{
    private readonly Workspace workspace = new();
    private readonly ReferencesValidator validator = new();

    [Fact]
    public async Task A_plan_whose_references_all_lead_somewhere_passes()
    {
        workspace.AddPlan("pln_2", ("be_backlog.yaml", Backlog("X|dependencies: []")));
        Assert.Empty(await PlacesAsync(
            ("be_backlog.yaml", Backlog("A|dependencies: []|artifacts: [config.yaml]", "B|dependencies: [A, pln_2/X, pln_1/A]")),
            ("config.yaml", "a: 1\n"),
            ("story_map.md", "# Map\n\n[config](config.yaml) [part](./config.yaml#a) [web](https://example.org/x.yaml) [here](#map) [mail](mailto:a@example.org)\n")));
    }

    [Fact]
    public async Task The_second_task_of_one_id_is_a_finding_also_in_another_file() => Assert.Equal(
        ["be_backlog.yaml:6:9 references.duplicate_task /tasks/1/id", "z_backlog.yaml:4:9 references.duplicate_task /tasks/0/id"],
        await PlacesAsync(("be_backlog.yaml", Backlog("A|dependencies: []", "A|dependencies: []")), ("z_backlog.yaml", Backlog("A|dependencies: []"))));

    [Fact]
    public async Task A_task_without_an_id_is_a_finding() => Assert.Equal(
        ["be_backlog.yaml:4:5 references.missing_id /tasks/0"],
        await PlacesAsync(("be_backlog.yaml", "version: 1.0.0\ngenerated_at: 2027-01-04T08:00:00Z\ntasks:\n  - title: nameless\n    dependencies: []\n")));

    [Fact]
    public async Task A_dependency_on_no_task_is_a_finding_at_the_dependency() => Assert.Equal(
        ["be_backlog.yaml:5:23 references.unknown_dependency /tasks/0/dependencies/1"],
        await PlacesAsync(("be_backlog.yaml", Backlog("A|dependencies: [B, C]", "B|dependencies: []"))));

    [Fact]
    public async Task Dependencies_into_other_plans_are_followed_to_plan_task_and_status()
    {
        workspace.AddPlan("pln_2", ("be_backlog.yaml", Backlog("X|dependencies: []")));
        workspace.AddPlan(new Plan { Id = new("pln_3"), Status = PlanStatus.Withdrawn }, ("be_backlog.yaml", Backlog("X|dependencies: []")));
        workspace.AddPlan("pln_4", ("be_backlog.yaml", "tasks: [\n"));
        Assert.Equal(
            [
                "be_backlog.yaml:5:20 references.unknown_plan /tasks/0/dependencies/0",
                "be_backlog.yaml:5:29 references.unknown_task /tasks/0/dependencies/1",
                "be_backlog.yaml:5:38 references.withdrawn_plan /tasks/0/dependencies/2",
                "be_backlog.yaml:5:47 references.unknown_task /tasks/0/dependencies/3",
            ],
            await PlacesAsync(("be_backlog.yaml", Backlog("A|dependencies: [pln_9/X, pln_2/Y, pln_3/X, pln_4/X]"))));
    }

    [Fact]
    public async Task An_artifact_that_a_task_names_and_nobody_attached_is_a_finding() => Assert.Equal(
        ["be_backlog.yaml:6:17 references.missing_artifact /tasks/0/artifacts/0"],
        await PlacesAsync(("be_backlog.yaml", Backlog("A|dependencies: []|artifacts: [config.yaml]"))));

    [Fact]
    public async Task A_link_of_the_story_map_to_what_is_not_attached_is_a_finding() => Assert.Equal(
        ["story_map.md:3:5 references.broken_link"], await PlacesAsync(("story_map.md", "# Map\n\nSee [config](config.yaml).\n")));

    [Theory]
    [InlineData("tasks: [\n", 1, 8)]
    [InlineData("version: 1.0.0\n", 1, 1)]
    [InlineData("[]\n", 1, 1)]
    public async Task A_backlog_that_cannot_be_read_is_never_taken_for_an_empty_one(string text, int line, int column) => Assert.Equal(
        $"be_backlog.yaml:{line}:{column} references.unreadable", Assert.Single(await PlacesAsync(("be_backlog.yaml", text))));

    [Fact]
    public async Task Dependencies_of_a_wrong_type_are_not_taken_for_none() => Assert.Equal(
        ["be_backlog.yaml:5:19 field.type /tasks/0/dependencies"], await PlacesAsync(("be_backlog.yaml", Backlog("A|dependencies: B"))));

    private Task<string[]> PlacesAsync(params (string Name, string Text)[] artifacts) =>
        workspace.PlacesAsync(validator, workspace.AddPlan("pln_1", artifacts));
}
