using FsCheck;
using FsCheck.Fluent;
using Planning.Artifacts.Backlogs;
using Planning.Artifacts.Capacity;
using Planning.Artifacts.Coverage;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Lint;
using Planning.Artifacts.Parity;
using Planning.Artifacts.Schema;
using Planning.Artifacts.StoryMaps;
using Planning.Artifacts.Tests.Support;

namespace Planning.Artifacts.Tests.Fuzz;

/// <summary>Examples with random damage: whatever comes out is a finding inside the file.</summary>
public sealed class MutationTests
{
    private static readonly byte[][] Snippets =
    [
        "\t"u8.ToArray(), "&a "u8.ToArray(), "*a"u8.ToArray(), "\0"u8.ToArray(), [0xFF], [0xC3], "\u2028"u8.ToArray(), "{"u8.ToArray(), "]"u8.ToArray(),
        "\r"u8.ToArray(), "? "u8.ToArray(), "!!int "u8.ToArray(), "<<: "u8.ToArray(), "---\n"u8.ToArray(), "\\ud800"u8.ToArray(), "1e999999999"u8.ToArray(),
        "\""u8.ToArray(), "'"u8.ToArray(), "|\n"u8.ToArray(), "%"u8.ToArray(), "<"u8.ToArray(), "&"u8.ToArray(), "[[[["u8.ToArray(), ".inf"u8.ToArray(),
    ];

    private static readonly (string Name, byte[] Bytes)[] Examples =
        [.. Directory.GetFiles(Folders.Examples).Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), Head(File.ReadAllBytes(file))))];

    private static readonly JsonSchema Schema = JsonSchema.Compile(
        File.ReadAllBytes(Path.Combine(Folders.Repository, "schemas", "artifacts", "be_backlog.v1.json")), "be_backlog.v1.json", new SchemaRegistry()).Value!;

    [Fact]
    public void Damaged_examples_never_throw_and_their_findings_are_inside_the_file()
    {
        var mutation = Gen.Choose(0, 1_000_000).Two().Select(pair => new Mutation(pair.Item1, pair.Item2));
        var mutations = Gen.ListOf(mutation).Select(list => list.Take(6).ToArray());
        var cases = Gen.Choose(0, Examples.Length - 1).SelectMany(index => mutations.Select(list => (index, list)));
        Prop.ForAll(Arb.From(cases), one => JudgeAll(Examples[one.index].Name, Apply(Examples[one.index].Bytes, one.list)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_500));
    }

    private static bool JudgeAll(string name, byte[] bytes)
    {
        var parsed = ArtifactParser.Parse(bytes, name);
        var findings = new List<Finding>(parsed.Findings);
        findings.AddRange(YamlLint.Run(parsed));
        if (parsed.Root is not null)
        {
            findings.AddRange(Schema.Evaluate(parsed.Root, name));
            findings.AddRange(BacklogReader.Read(parsed).Findings);
            findings.AddRange(TeamCapacityReader.Read(parsed).Findings);
            findings.AddRange(ParityReportReader.Read(parsed).Findings);
        }
        if (parsed.Format == ArtifactFormat.Markdown)
            findings.AddRange(StoryMapReader.Read(parsed).Findings);
        if (parsed.Format == ArtifactFormat.Other)
            findings.AddRange(CoverageReader.Read(parsed).Findings);
        foreach (var finding in findings)
            FindingAssert.IsInside(finding, bytes);
        return true;
    }

    private static byte[] Apply(byte[] bytes, Mutation[] mutations)
    {
        foreach (var (place, what) in mutations)
        {
            var at = place % (bytes.Length + 1);
            var length = Math.Min(what % 9, bytes.Length - at);
            byte[] insert = (what % 4) switch
            {
                0 => [],
                1 => [(byte)(what >> 4)],
                2 => Snippets[(what >> 4) % Snippets.Length],
                _ => bytes[at..Math.Min(at + (what % 97), bytes.Length)],
            };
            bytes = [.. bytes[..at], .. insert, .. bytes[(what % 3 == 0 ? at + length : at)..]];
        }
        return bytes;
    }

    /// <summary>The first part of a large file is enough to damage, and keeps the test quick.</summary>
    private static byte[] Head(byte[] bytes) => bytes.Length > 6_000 ? bytes[..6_000] : bytes;

    private sealed record Mutation(int Place, int What);
}
