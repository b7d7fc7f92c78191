using FsCheck;
using FsCheck.Fluent;
using Planning.Artifacts.Backlogs;
using Planning.Artifacts.Capacity;
using Planning.Artifacts.Coverage;
using Planning.Artifacts.Cycles;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Lint;
using Planning.Artifacts.Parity;
using Planning.Artifacts.Schema;
using Planning.Artifacts.StoryMaps;
using Planning.Artifacts.Tests.Support;
using Planning.Testing;
using Planning.Testing.Fuzzing;
using Xunit.Abstractions;

namespace Planning.Artifacts.Tests.Fuzz;

/// <summary>Real files with random damage: whatever comes out, in time, is a finding inside the file.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int CasesPerSeed = 500;

    /// <summary>For one file; on any machine, however busy, a thousand times what it takes.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly JsonSchema Schema = JsonSchema.Compile(
        File.ReadAllBytes(Path.Combine(Folders.Repository, "schemas", "artifacts", "be_backlog.v1.json")), "be_backlog.v1.json", new SchemaRegistry()).Value!;

    [Fact]
    public void Damaged_examples_never_throw_and_their_findings_are_inside_the_file() =>
        Damage("damaged examples", [.. Directory.GetFiles(Folders.Examples).Order(StringComparer.Ordinal).Select(Read)]);

    [SharedDataFact]
    public void Damaged_coverage_reports_never_throw_and_give_no_impossible_number() =>
        Damage("damaged coverage reports", [.. Directory.GetFiles(Folders.Shared("coverage"), "*.*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".txt", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read)]);

    [SharedDataFact]
    public void Damaged_planning_files_of_others_never_throw_and_their_findings_are_inside_the_file() =>
        Damage("damaged planning files of others", [.. Directory.GetFiles(Folders.Shared("keps"), "kep.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Read)]);

    private void Damage(string what, (string Name, byte[] Bytes)[] files)
    {
        var mutation = Gen.Choose(0, 1_000_000).Two().Select(pair => new Mutation(pair.Item1, pair.Item2));
        var cases = Gen.Choose(0, files.Length - 1).SelectMany(index => Gen.ListOf(mutation).Select(list => (index, list: list.Take(6).ToArray())));
        output.Say(FuzzSeeds.Told(what, CasesPerSeed));
        foreach (var seed in FuzzSeeds.All)
        {
            output.WriteLine($"{FuzzSeeds.Variable}={seed}");
            Prop.ForAll(Arb.From(cases), one => InTime(files[one.index].Name, one.list.Aggregate(files[one.index].Bytes, (bytes, damage) => damage.Apply(bytes))))
                .Check(Config.QuickThrowOnFailure.WithMaxTest(CasesPerSeed).WithReplay(new Replay(new Rnd(seed), null)));
        }
    }

    private static bool InTime(string name, byte[] bytes)
    {
        var judging = Task.Run(() => JudgeAll(name, bytes));
        return judging.Wait(Limit) ? judging.Result : throw new TimeoutException($"{name} was not judged within {Limit.TotalSeconds:0} s.");
    }

    private static bool JudgeAll(string name, byte[] bytes)
    {
        var parsed = ArtifactParser.Parse(bytes, name);
        var findings = new List<Finding>(parsed.Findings);
        findings.AddRange(YamlLint.Run(parsed));
        if (parsed.Root is { } root)
        {
            findings.AddRange(Schema.Evaluate(root, name));
            findings.AddRange(BacklogReader.Read(parsed).Findings);
            findings.AddRange(TeamCapacityReader.Read(parsed).Findings);
            findings.AddRange(ParityReportReader.Read(parsed).Findings);
            findings.AddRange(CycleNotesReader.Read(parsed).Findings);
        }
        if (parsed.Format == ArtifactFormat.Markdown)
        {
            findings.AddRange(MarkdownLint.Run(parsed));
            findings.AddRange(StoryMapReader.Read(parsed).Findings);
        }
        if (parsed.Format == ArtifactFormat.Other)
        {
            var coverage = CoverageReader.Read(parsed);
            findings.AddRange(coverage.Findings);
            foreach (var count in new[] { coverage.Value?.Lines, coverage.Value?.Branches })
                Assert.True(count is null or { Covered: >= 0 } && count.GetValueOrDefault().Covered <= count.GetValueOrDefault().Valid, $"{name}: {count}");
            Assert.InRange(coverage.Value?.LineRate ?? 0, 0, 1);
        }
        foreach (var finding in findings)
            FindingAssert.IsInside(finding, bytes);
        return true;
    }

    /// <summary>The first part of a large file is enough to damage, and keeps the test quick.</summary>
    private static (string, byte[]) Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return (Path.GetFileName(path), bytes.Length > 6_000 && !path.EndsWith(".xml", StringComparison.Ordinal) ? bytes[..6_000] : bytes);
    }
}
