using Planning.Engine.Gates.Validators;
using Planning.Engine.Tests.Gates.Support;
using Xunit;
using static Planning.Engine.Tests.Gates.Support.Judging;

namespace Planning.Engine.Tests.Gates.Validators;

public sealed class FormTests
{
    private const string Good = "A|title: Task A|description: Does A|effort_points: 1|priority: P1|dependencies: []";

    private readonly Workspace workspace = new();

    [Fact]
    public async Task Artifacts_in_the_form_of_their_kind_pass()
    {
        Assert.Empty(await SchemaAsync(
            ("be_backlog.yaml", Backlog(Good)),
            ("team_capacity.yaml", "version: 1.0.0\nmembers:\n  - id: mara\n    points_per_week: 5\n"),
            ("settings.yaml", "anything: [goes]\n"),
            ("notes.md", "# Notes\n"),
            ("picture.bin", "\u0001\u0002")));
    }

    [Fact]
    public async Task A_field_that_is_missing_and_one_that_is_unknown_are_findings()
    {
        var places = await SchemaAsync(("be_backlog.yaml", Backlog(Good.Replace("priority", "prioritty"))));
        Assert.Contains("be_backlog.yaml:4:5 schema.required /tasks/0", places);
        Assert.Contains(places, p => p.StartsWith("be_backlog.yaml:8:") && p.Contains("/tasks/0"));
    }

    [Fact]
    public async Task A_version_that_is_not_known_is_a_finding_at_the_version() => Assert.Equal(
        ["be_backlog.yaml:1:10 json_schema.unknown_version /version"], await SchemaAsync(("be_backlog.yaml", Backlog(Good).Replace("1.0.0", "7.0.0"))));

    [Fact]
    public async Task What_cannot_be_parsed_is_a_finding_in_any_content_artifact() => Assert.Equal(
        ["a.json:1:7 parse.syntax", "b.yaml:2:1 parse.duplicate_key /a", "notes.md:1:3 parse.nul"],
        await SchemaAsync(("a.json", "{\"a\": ?}"), ("b.yaml", "a: 1\na: 2\n"), ("notes.md", "# \0\n")));

    [Fact]
    public async Task A_story_map_without_its_sections_is_a_finding() =>
        Assert.Contains("story_map.md:1:1 story_map.section_missing", await SchemaAsync(("story_map.md", "# Map\n")));

    [Fact]
    public async Task The_outline_of_prose_is_a_warning_and_that_of_a_story_map_an_error()
    {
        var findings = await workspace.FindingsAsync(new JsonSchemaValidator(), workspace.AddPlan("pln_1", ("notes.md", "## A\n"), ("story_map.md", "## A\n")));
        Assert.Equal(
            [("story_map.md", "error"), ("notes.md", "warning")],
            findings.Where(f => f.Rule == "markdown.no_title").Select(f => (f.File, f.Severity)));
    }

    [Fact]
    public async Task Evidence_is_judged_where_it_is_used() => Assert.Empty(await SchemaAsync(("parity.json", "{")));

    [Fact]
    public async Task Yaml_that_readers_disagree_about_is_a_finding_and_form_is_one_only_when_strict()
    {
        var plan = workspace.AddPlan("pln_1", ("a.yaml", "on: yes \n"), ("b.json", "{} "));
        var strict = await workspace.FindingsAsync(new YamlLintValidator(), plan);
        var lenient = await workspace.FindingsAsync(new YamlLintValidator(), plan, ("strict", "false"));
        Assert.NotEmpty(strict);
        Assert.All(strict, f => Assert.Equal("a.yaml", f.File));
        Assert.True(lenient.Count(f => f.Severity == "error") < strict.Count(f => f.Severity == "error"));
    }

    private Task<string[]> SchemaAsync(params (string, string)[] artifacts) =>
        workspace.PlacesAsync(new JsonSchemaValidator(), workspace.AddPlan("pln_1", artifacts));
}
