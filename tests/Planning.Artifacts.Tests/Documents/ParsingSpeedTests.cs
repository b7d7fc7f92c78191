using System.Diagnostics;
using System.Text;
using Planning.Artifacts.Documents;
using Xunit.Abstractions;

namespace Planning.Artifacts.Tests.Documents;

/// <summary>Runs alone: a neighbour on the same cores would be measured with it.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public sealed class ParsingSpeedTests(ITestOutputHelper output)
{
    [Fact]
    public void A_backlog_of_10_000_tasks_parses_within_a_second()
    {
        var bytes = Encoding.UTF8.GetBytes(LargeBacklog(10_000));
        var times = new List<double>();
        for (var run = 0; run < 4; run++)
        {
            var watch = Stopwatch.StartNew();
            var parsed = ArtifactParser.Parse(bytes, "be_backlog.yaml");
            times.Add(watch.Elapsed.TotalMilliseconds);
            Assert.Empty(parsed.Findings);
            Assert.Equal(10_000, parsed.Root!["tasks"]!.Elements.Count);
        }
        output.WriteLine($"{bytes.Length} bytes: {string.Join(", ", times.Select(t => $"{t:0}"))} ms");
        Assert.True(times.Min() < 1_000, "Parsing is an order of magnitude slower than it was.");
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
