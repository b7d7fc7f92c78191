using System.Diagnostics;
using System.Text;
using Planning.Artifacts.Documents;
using Xunit.Abstractions;
using YamlDotNet.Core;

namespace Planning.Artifacts.Tests.Documents;

/// <summary>Runs alone: a neighbour on the same cores would be measured with it.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public sealed class ParsingSpeedTests(ITestOutputHelper output)
{
    [Fact]
    public void A_tree_of_10_000_tasks_costs_little_more_than_scanning_their_text()
    {
        var text = LargeBacklog(10_000);
        var bytes = Encoding.UTF8.GetBytes(text);
        var (tree, scan) = (double.MaxValue, double.MaxValue);
        for (var run = 0; run < 5; run++)
        {
            scan = Math.Min(scan, Milliseconds(() => Scan(text)));
            tree = Math.Min(tree, Milliseconds(() =>
            {
                var parsed = ArtifactParser.Parse(bytes, "be_backlog.yaml");
                Assert.Empty(parsed.Findings);
                Assert.Equal(10_000, parsed.Root!.Value["tasks"]!.Value.Elements.Count);
            }));
        }
        output.WriteLine($"{bytes.Length} bytes: tree with lint {tree:0} ms, scan alone {scan:0} ms, ratio {tree / scan:0.00}");
        Assert.True(tree < 4 * scan, $"The tree takes {tree / scan:0.0} times as long as the scan.");
    }

    private static void Scan(string text)
    {
        var parser = new Parser(new StringReader(text));
        while (parser.MoveNext())
        {
        }
    }

    private static double Milliseconds(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalMilliseconds;
    }

    internal static string LargeBacklog(int tasks)
    {
        var text = new StringBuilder("version: 1.0.0\ngenerated_at: 2027-01-04T08:00:00Z\ntasks:\n");
        for (var i = 1; i <= tasks; i++)
        {
            text.Append($"  - id: PLN-BE-{i:00000}\n    title: \"Task number {i} of the backlog\"\n")
                .Append($"    description: \"What task {i} has to bring about, in one sentence of usual length\"\n")
                .Append($"    effort_points: {i % 13 + 1}\n    priority: P{i % 4}\n")
                .Append(i % 3 == 0 ? $"    dependencies: [\"PLN-BE-{i / 2:00000}\"]\n" : "    dependencies: []\n")
                .Append($"    artifacts:\n      - schema_{i % 50}.json\n");
        }
        return text.ToString();
    }
}
