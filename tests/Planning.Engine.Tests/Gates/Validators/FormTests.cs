using System.Collections.Immutable;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates;
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

    [Fact]
    public async Task A_registered_kind_is_judged_by_the_schema_of_its_version_and_the_newest_without_one()
    {
        Register(LintProfile.Strict, "*.flow.yaml");
        Assert.Equal(
            ["b.flow.yaml:1:1 schema.required", "c.flow.yaml:1:1 schema.required", "d.flow.yaml:1:10 json_schema.unknown_version /version"],
            await SchemaAsync(
                ("a.flow.yaml", "version: 1.0.0\nname: a\n"), ("b.flow.yaml", "version: 2.0.0\nname: a\n"), ("c.flow.yaml", "name: a\n"),
                ("d.flow.yaml", "version: 3.0.0\n"), ("other.yaml", "a: 1\n")));
    }

    [Fact]
    public async Task A_built_in_kind_goes_before_a_registered_one()
    {
        Register(LintProfile.Off, "*.yaml");
        Assert.Empty(await SchemaAsync(("be_backlog.yaml", Backlog(Good))));
        Assert.NotEmpty(await SchemaAsync(("settings.yaml", "version: 1.0.0\n")));
    }

    [Theory]
    [InlineData(LintProfile.Strict, "error error")]
    [InlineData(LintProfile.Relaxed, "error warning")]
    [InlineData(LintProfile.Off, "")]
    public async Task A_registered_kind_says_how_strictly_it_is_linted(LintProfile profile, string expected)
    {
        Register(profile, "*.flow.yaml");
        var findings = await workspace.FindingsAsync(new YamlLintValidator(), workspace.AddPlan("pln_1", ("a.flow.yaml", "name: yes \n")));
        Assert.Equal(expected, string.Join(' ', findings.Select(f => f.Severity)));
    }

    [Fact]
    public void What_a_rulebook_registers_is_part_of_what_a_kept_result_depends_on()
    {
        var plain = new JsonSchemaValidator().CacheScope(Input());
        Register(LintProfile.Strict, "*.flow.yaml");
        Assert.NotEqual(plain, new JsonSchemaValidator().CacheScope(Input()));
        Assert.NotEqual(plain, new YamlLintValidator().CacheScope(Input()));

        GateInput Input() => new(new Plan(), [], workspace.Rules, Workspace.Now, null!);
    }

    private void Register(LintProfile profile, string pattern) => workspace.Rules = workspace.Rules with
    {
        ArtifactKinds =
        [
            new ArtifactKindDefinition(
                "flow", [pattern], profile,
                ImmutableSortedDictionary.CreateRange([KeyValuePair.Create(1, "{\"required\":[\"name\"]}"), KeyValuePair.Create(2, "{\"required\":[\"title\"]}")]),
                ImmutableSortedDictionary<int, ArtifactMigration>.Empty),
        ],
    };

    private Task<string[]> SchemaAsync(params (string, string)[] artifacts) =>
        workspace.PlacesAsync(new JsonSchemaValidator(), workspace.AddPlan("pln_1", artifacts));
}
