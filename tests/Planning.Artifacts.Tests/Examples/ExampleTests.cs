using Planning.Artifacts.Backlogs;
using Planning.Artifacts.Capacity;
using Planning.Artifacts.Coverage;
using Planning.Artifacts.Cycles;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Kinds;
using Planning.Artifacts.Lint;
using Planning.Artifacts.Parity;
using Planning.Artifacts.Schema;
using Planning.Artifacts.StoryMaps;
using Planning.Artifacts.Tests.Support;
using static Planning.Artifacts.Tests.Support.Parsing;

namespace Planning.Artifacts.Tests.Examples;

public sealed class ExampleTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Folders.Examples).Select(file => Path.GetFileName(file)!).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_example_but_the_broken_one_parses_lints_and_fits_its_schema(string name)
    {
        var parsed = Example(name);
        Assert.Empty(parsed.Findings);
        Assert.Empty(YamlLint.Run(parsed));
        var broken = name.Contains("broken", StringComparison.Ordinal);
        if (SchemaOf(name) is { } schema)
            Assert.Equal(broken ? ["schema.required 207:5"] : [], Places(schema.Evaluate(parsed.Root!.Value, name)));
        if (broken)
            return;
        Assert.Empty(ArtifactKinds.Of(name) switch
        {
            ArtifactKind.Backlog => BacklogReader.Read(parsed).Findings,
            ArtifactKind.TeamCapacity => TeamCapacityReader.Read(parsed).Findings,
            ArtifactKind.ParityReport => ParityReportReader.Read(parsed).Findings,
            ArtifactKind.StoryMap => StoryMapReader.Read(parsed).Findings,
            ArtifactKind.CycleNotes => CycleNotesReader.Read(parsed).Findings,
            ArtifactKind.CoverageReport => CoverageReader.Read(parsed).Findings,
            _ => [],
        });
    }

    [Fact]
    public void The_backlog_is_consistent_in_itself_and_with_its_team()
    {
        var backlog = BacklogReader.Read(Example("be_backlog.yaml")).Value!;
        var members = TeamCapacityReader.Read(Example("team_capacity.yaml")).Value!.Members.ToDictionary(member => member.Id);
        var tasks = backlog.Tasks.ToDictionary(task => task.Id);
        Assert.Equal(28, tasks.Count);
        Assert.Equal((8m, "Event Bus Infrastructure"), (tasks["PLN-BE-001"].EffortPoints, tasks["PLN-BE-001"].Title));
        Assert.Equal((13m, "Lifecycle State Machine"), (tasks["PLN-BE-002"].EffortPoints, tasks["PLN-BE-002"].Title));
        Assert.InRange(tasks.Values.Max(Depth), 3, 5);
        Assert.All(tasks.Values, task =>
        {
            Assert.All(task.Artifacts, artifact => Assert.True(File.Exists(Path.Combine(Folders.Examples, artifact.Name)), artifact.Name));
            Assert.All(task.Dependencies, dependency => Assert.True(tasks[dependency.Name].End < task.Start, task.Id));
            Assert.All(task.Skills, skill => Assert.Contains(skill.Name, members[task.Assignee!].Skills.Select(s => s.Name)));
            Assert.InRange(task.Start!.Value, backlog.Window!.Start, task.End!.Value);
            Assert.True(task.End <= backlog.Window.End, task.Id);
        });
        Assert.Equal(77, backlog.Window!.End.DayNumber - backlog.Window.Start.DayNumber + 1);

        int Depth(BacklogTask task) => 1 + task.Dependencies.Select(dependency => Depth(tasks[dependency.Name])).DefaultIfEmpty(0).Max();
    }

    [Fact]
    public void Nobody_carries_more_than_their_capacity()
    {
        var backlog = BacklogReader.Read(Example("be_backlog.yaml")).Value!;
        var team = TeamCapacityReader.Read(Example("team_capacity.yaml")).Value!;
        foreach (var member in team.Members)
        {
            var own = backlog.Tasks.Where(task => task.Assignee == member.Id).OrderBy(task => task.Start).ToList();
            Assert.All(own.Zip(own.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.Start));
            Assert.All(own, task =>
            {
                var days = Enumerable.Range(task.Start!.Value.DayNumber, task.End!.Value.DayNumber - task.Start.Value.DayNumber + 1).Select(DateOnly.FromDayNumber);
                var working = days.Count(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !member.Absences.Any(a => a.From <= day && day <= a.To));
                Assert.True(task.EffortPoints <= working * member.PointsPerWeek / 5, task.Id);
            });
        }
    }

    [Fact]
    public void One_coverage_report_passes_eighty_percent_and_the_other_does_not()
    {
        Assert.InRange(CoverageReader.Read(Example("coverage.cobertura.xml")).Value!.LineRate!.Value, 0.80, 0.95);
        Assert.InRange(CoverageReader.Read(Example("coverage-low.cobertura.xml")).Value!.LineRate!.Value, 0.70, 0.72);
    }

    [Fact]
    public void The_parity_report_holds_every_capability_of_the_backlog()
    {
        var parity = ParityReportReader.Read(Example("parity.json")).Value!.Capabilities.Select(capability => capability.Name).ToHashSet();
        var planned = BacklogReader.Read(Example("be_backlog.yaml")).Value!.Tasks.SelectMany(task => task.Capabilities).Select(capability => capability.Name);
        Assert.Subset(parity, planned.ToHashSet());
    }

    [Fact]
    public void The_cycle_notes_give_risks_decisions_lessons_and_goals()
    {
        var notes = CycleNotesReader.Read(Example("cycle_notes.yaml")).Value!;
        Assert.Equal((3, 2, 2, 1, 2, 2, 3), (notes.Risks.Count, notes.Decisions.Count, notes.WorkedWell.Count, notes.ToImprove.Count,
            notes.NextGoals.Count, notes.SuccessCriteria.Count, notes.Distribution.Count));
        Assert.Equal(("high", "mitigated"), (notes.Risks[0].Impact, notes.Risks[0].Status));
        Assert.Equal(new DateOnly(2027, 1, 12), notes.Decisions[0].Date);
        Assert.Equal(["field.missing 2:5"], Places(CycleNotesReader.Read(Yaml("risks:\n  - {risk: r, impact: low}\n")).Findings));
    }

    [Fact]
    public void The_broken_backlog_has_exactly_its_three_faults()
    {
        var result = BacklogReader.Read(Example("be_backlog.broken.yaml"));
        Assert.Equal(["field.missing 207:5"], Places(result.Findings));
        var tasks = result.Value!.Tasks;
        Assert.Equal(["PLN-BE-018"], tasks.GroupBy(task => task.Id).Where(group => group.Count() > 1).Select(group => group.Key));
        var ids = tasks.Select(task => task.Id).ToHashSet();
        Assert.Equal(["PLN-BE-099"], tasks.SelectMany(task => task.Dependencies).Select(d => d.Name).Where(name => !ids.Contains(name)));
    }

    private static ParsedArtifact Example(string name) =>
        ArtifactParser.Parse(File.ReadAllBytes(Path.Combine(Folders.Examples, name)), name);

    private static JsonSchema? SchemaOf(string name)
    {
        var file = ArtifactKinds.Of(name) switch
        {
            ArtifactKind.Backlog => "be_backlog.v1.json",
            ArtifactKind.TeamCapacity => "team_capacity.v1.json",
            ArtifactKind.ParityReport => "parity.v1.json",
            ArtifactKind.CycleNotes => "cycle_notes.v1.json",
            _ => null,
        };
        if (file is null)
            return null;
        var path = Path.Combine(Folders.Repository, "schemas", "artifacts", file);
        var compiled = JsonSchema.Compile(File.ReadAllBytes(path), file, new SchemaRegistry());
        Assert.Empty(compiled.Findings);
        return compiled.Value;
    }
}
