using Planning.Artifacts.Backlogs;
using Planning.Artifacts.Capacity;
using Planning.Artifacts.Kinds;
using Planning.Artifacts.Parity;
using Planning.Artifacts.StoryMaps;
using static Planning.Artifacts.Tests.Support.Parsing;

namespace Planning.Artifacts.Tests.Kinds;

public sealed class TypedReaderTests
{
    private const string Head = "version: 1.0.0\ngenerated_at: 2024-01-15T10:00:00Z\n";

    private const string Map = """
        # Payments
        ## Epic: Pay
        ### Backbone (User Activities)
        1. **Order** → 2. **Pay** → 3. **Ship**
        ### Walking Skeleton (MVP)
        - Take an `order`
        - Take money, see [schema](event_schema.json)
        ### Release 1 Features
        - Refunds
        """;

    [Fact]
    public void A_backlog_as_the_specification_shows_it_is_read_in_full()
    {
        var result = BacklogReader.Read(Yaml(
            Head + """
            cycle: 2027-q1
            tags: {criticality: 0, compliance: sox}
            plan: {start: 2027-01-04, end: 2027-04-03}
            tasks:
              - id: PLN-BE-002
                title: "Lifecycle State Machine"
                description: "Implement state transitions and validation"
                effort_points: 13
                priority: P0
                dependencies: ["PLN-BE-001"]
                artifacts:
                  - state_machine.yaml
                assignee: mara
                start: 2027-01-04
                end: 2027-01-15
                duration_days: 12
                duration_calendar: calendar
                status: todo
                stream: core
                skills: [orleans]
                capabilities: [plan.transition]
            """));
        Assert.Empty(result.Findings);
        var backlog = result.Value!;
        Assert.Equal(("1.0.0", "2027-q1", new DateTimeOffset(2024, 1, 15, 10, 0, 0, TimeSpan.Zero)), (backlog.Version, backlog.Cycle, backlog.GeneratedAt));
        Assert.Equal(("0", "sox", new DateOnly(2027, 4, 3)), (backlog.Tags["criticality"], backlog.Tags["compliance"], backlog.Window!.End));
        var task = Assert.Single(backlog.Tasks);
        Assert.Equal(("PLN-BE-002", 13m, "mara", new DateOnly(2027, 1, 15)), (task.Id, task.EffortPoints, task.Assignee, task.End));
        Assert.Equal((12, DayCount.Calendar), (task.DurationDays, task.DurationCalendar));
        Assert.Equal(("PLN-BE-001", 12, "/tasks/0/dependencies/0"), (task.Dependencies[0].Name, task.Dependencies[0].Node.Line, task.Dependencies[0].Node.Pointer));
        Assert.Equal(["state_machine.yaml"], task.Artifacts.Select(artifact => artifact.Name));
    }

    [Theory]
    [InlineData("[]\n", "field.type 1:1")]
    [InlineData(Head, "field.missing 1:1")]
    [InlineData("version: 1\ngenerated_at: yesterday\ntasks: []\n", "field.date 2:15")]
    [InlineData(Head + "tasks: 3\n", "field.type 3:8")]
    [InlineData(Head + "tasks:\n  - text\n", "field.type 4:5")]
    [InlineData(Head + "tasks:\n  - {id: A, title: t, description: d, priority: P0, dependencies: []}\n", "field.missing 4:5")]
    [InlineData(Head + "tasks:\n  - {id: A, title: t, description: d, effort_points: many, priority: P0, dependencies: []}\n", "field.type 4:54")]
    [InlineData(Head + "tasks:\n  - {id: A, title: t, description: d, effort_points: -1, priority: P0, dependencies: []}\n", "field.range 4:54")]
    [InlineData(Head + "tasks:\n  - {id: A, title: t, description: d, effort_points: 1, priority: P0, dependencies: [[]]}\n", "field.type 4:86")]
    [InlineData(Head + "tasks:\n  - {id: A, title: t, description: d, effort_points: 1, priority: P0, dependencies: [], start: 2027-13-01}\n", "field.date 4:96")]
    [InlineData(Head + "tasks:\n  - {id: A, title: t, description: d, effort_points: 1, priority: P0, dependencies: [], start: 2027-01-02,\n     end: 2027-01-01}\n", "field.range 5:11")]
    [InlineData(Head + "tasks:\n  - {id: A, title: t, description: d, effort_points: 1, priority: P0, dependencies: [], duration_days: 1.5}\n", "field.range 4:104")]
    [InlineData(Head + "tasks:\n  - {id: A, title: t, description: d, effort_points: 1, priority: P0, dependencies: [], duration_days: 3651}\n", "field.range 4:104")]
    [InlineData(Head + "tasks:\n  - {id: A, title: t, description: d, effort_points: 1, priority: P0, dependencies: [],\n     duration_calendar: lunar}\n", "field.range 5:25")]
    [InlineData(Head + "tasks: []\nplan: {start: 2027-01-02, end: 2027-01-01}\n", "field.range 4:32")]
    public void A_fault_in_a_backlog_is_found_where_it_is(string text, string expected) =>
        Assert.Equal([expected], Places(BacklogReader.Read(Yaml(text)).Findings));

    [Fact]
    public void A_missing_estimate_is_not_zero()
    {
        var result = BacklogReader.Read(Yaml(Head + "tasks:\n  - {id: A, title: t, description: d, priority: P0, dependencies: []}\n"));
        Assert.Null(result.Value!.Tasks[0].EffortPoints);
        Assert.False(result.Ok);
    }

    [Fact]
    public void People_of_unequal_capacity_are_read_with_their_absences()
    {
        var result = TeamCapacityReader.Read(Yaml(
            """
            version: 1.0.0
            members:
              - {id: mara, name: Mara, points_per_week: 8.5, skills: [sql]}
              - id: team-x
                points_per_cycle: 40
                absences: [{from: 2027-02-01, to: 2027-02-05, reason: leave}]
            """));
        Assert.Empty(result.Findings);
        Assert.Equal([8.5m, null], result.Value!.Members.Select(member => member.PointsPerWeek));
        Assert.Equal(40m, result.Value.Members[1].PointsPerCycle);
        Assert.Equal(new Absence(new DateOnly(2027, 2, 1), new DateOnly(2027, 2, 5), "leave"), result.Value.Members[1].Absences[0]);
    }

    [Fact]
    public void Part_time_working_days_and_teams_are_read_and_full_time_from_Monday_to_Friday_is_what_holds_else()
    {
        var result = TeamCapacityReader.Read(Yaml(
            """
            version: 1.0.0
            members:
              - {id: mara, points_per_week: 8}
              - {id: ines, points_per_week: 8, part_time_percent: 62.5, working_days: [sat, mon]}
            teams:
              - {id: core, name: Core, members: [mara, ines]}
            """));
        Assert.Empty(result.Findings);
        var (mara, ines) = (result.Value!.Members[0], result.Value.Members[1]);
        Assert.Equal((100m, 62.5m), (mara.PartTimePercent, ines.PartTimePercent));
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday], mara.WorkingDays);
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Saturday], ines.WorkingDays);
        var team = Assert.Single(result.Value.Teams);
        Assert.Equal(("core", "Core", "mara ines"), (team.Id, team.Name, string.Join(' ', team.Members.Select(m => m.Name))));
    }

    [Theory]
    [InlineData("version: 1\nmembers:\n  - {id: a, points_per_week: 1, part_time_percent: 0}\n", "field.range 3:52")]
    [InlineData("version: 1\nmembers:\n  - {id: a, points_per_week: 1, part_time_percent: 100.5}\n", "field.range 3:52")]
    [InlineData("version: 1\nmembers:\n  - {id: a, points_per_week: 1, working_days: [mon, moon]}\n", "field.range 3:53")]
    [InlineData("version: 1\nmembers:\n  - {id: a, points_per_week: 1}\nteams:\n  - {id: t, members: [a, b]}\n", "capacity.unknown_member 5:26")]
    [InlineData("version: 1\nmembers:\n  - {id: a, points_per_week: 1}\nteams:\n  - {id: a, members: [a]}\n", "capacity.duplicate_member 5:10")]
    [InlineData("version: 1\nmembers:\n  - {id: a, points_per_week: 1}\nteams:\n  - {id: t}\n", "field.missing 5:5")]
    [InlineData("version: 1\nmembers:\n  - {id: a}\n", "capacity.one_capacity 3:5")]
    [InlineData("version: 1\nmembers:\n  - {id: a, points_per_week: 1, points_per_cycle: 2}\n", "capacity.one_capacity 3:5")]
    [InlineData("version: 1\nmembers:\n  - {id: a, points_per_week: 1}\n  - {id: a, points_per_week: 1}\n", "capacity.duplicate_member 4:10")]
    [InlineData("version: 1\nmembers:\n  - {id: a, points_per_week: 1, absences: [{from: 2027-02-02, to: 2027-02-01}]}\n", "field.range 3:67")]
    public void A_fault_in_the_capacity_is_found_where_it_is(string text, string expected) =>
        Assert.Equal([expected], Places(TeamCapacityReader.Read(Yaml(text)).Findings));

    [Fact]
    public void A_story_map_gives_epics_backbone_skeleton_releases_and_links()
    {
        var result = StoryMapReader.Read(Parse(Map, "story_map.md"));
        Assert.Empty(result.Findings);
        var map = result.Value!;
        Assert.Equal(("Payments", "Pay"), (map.Title, map.Epics.Single().Text));
        Assert.Equal(["Order", "Pay", "Ship"], map.Backbone.Select(item => item.Text));
        Assert.Equal(["Take an order", "Take money, see schema"], map.WalkingSkeleton.Select(item => item.Text));
        Assert.Equal(("Release 1 Features", 8, "Refunds"), (map.Releases[0].Name, map.Releases[0].Line, map.Releases[0].Items[0].Text));
        Assert.Equal(("event_schema.json", 7), (map.Links.Single().Text, map.Links.Single().Line));
    }

    [Theory]
    [InlineData("## Epic: Pay", "## Epos", "story_map.section_missing 9:1")]
    [InlineData("### Backbone (User Activities)", "### Spine", "story_map.section_missing 9:1")]
    [InlineData("- Refunds", "Refunds", "story_map.section_empty 8:1")]
    public void A_fault_in_a_story_map_is_found(string old, string changed, string expected) =>
        Assert.Equal([expected], Places(StoryMapReader.Read(Parse(Map.Replace(old, changed), "story_map.md")).Findings));

    [Fact]
    public void Markdown_that_nests_without_end_is_a_finding()
    {
        var result = StoryMapReader.Read(Parse(string.Concat(Enumerable.Repeat("> ", 20_000)) + "x", "story_map.md"));
        Assert.Equal("story_map.depth 1:1", Places(result.Findings)[0]);
    }

    [Fact]
    public void Capabilities_are_names_or_mappings_with_an_id()
    {
        var result = ParityReportReader.Read(Json("{\"stream\": \"payments\", \"capabilities\": [\"a\", {\"id\": \"b\"},\n \"a\", 3]}"));
        Assert.Equal(["a", "b"], result.Value!.Capabilities.Select(capability => capability.Name));
        Assert.Equal(["parity.duplicate_capability 2:2", "field.type 2:7"], Places(result.Findings));
    }

    [Theory]
    [InlineData("be_backlog.yaml", ArtifactKind.Backlog)]
    [InlineData("plans/BE_BACKLOG.YML", ArtifactKind.Backlog)]
    [InlineData("story_map.md", ArtifactKind.StoryMap)]
    [InlineData("team_capacity.yaml", ArtifactKind.TeamCapacity)]
    [InlineData("coverage.cobertura.xml", ArtifactKind.CoverageReport)]
    [InlineData("lcov.info", ArtifactKind.CoverageReport)]
    [InlineData("parity.json", ArtifactKind.ParityReport)]
    [InlineData("cycle_notes.yaml", ArtifactKind.CycleNotes)]
    [InlineData("order.schema.json", ArtifactKind.JsonSchema)]
    [InlineData("bus_config.yaml", ArtifactKind.Yaml)]
    [InlineData("transition_rules.json", ArtifactKind.Json)]
    [InlineData("rollback_plan.md", ArtifactKind.Markdown)]
    [InlineData("logo.png", ArtifactKind.Other)]
    public void The_name_decides_the_kind(string name, ArtifactKind kind) => Assert.Equal(kind, ArtifactKinds.Of(name));
}
