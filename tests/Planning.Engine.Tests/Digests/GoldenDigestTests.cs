using System.Text.Json;
using Planning.Domain.Rulebooks;
using Planning.Engine.Digests;
using Planning.Engine.Digests.Markdown;
using Xunit;

namespace Planning.Engine.Tests.Digests;

/// <summary>The figures are computed by hand in golden/README.md.</summary>
public sealed class GoldenDigestTests
{
    private static readonly Digest Golden = GoldenHistory.Build(GoldenHistory.Events);

    public static TheoryData<string> Sourced => [.. Rows(Golden).Keys.Where(row => !row.Contains("/earlier/", StringComparison.Ordinal))];

    [Fact]
    public void The_json_is_the_golden_file_byte_for_byte() => Same("digest.json", DigestJson.Render(Golden));

    [Fact]
    public void The_markdown_is_the_golden_file_byte_for_byte() => Same("digest.md", DigestMarkdown.Render(Golden));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(2_000)]
    public async Task Reading_the_log_in_pages_of_any_size_gives_the_same_bytes(int pageSize)
    {
        var (log, blobs) = await GoldenHistory.StoreAsync();
        var fold = await new CycleHistory(log).FoldAsync(GoldenHistory.Workspace, GoldenHistory.Events[^1].Position, default, pageSize);
        var rendered = await new DigestRenderer(new GoldenHistory(), blobs).RenderAsync(GoldenHistory.Workspace, fold, default);
        Same("digest.json", rendered.Json);
        Same("digest.md", rendered.Markdown);
    }

    [Theory]
    [InlineData(KpiScope.CycleDays, 15)]
    [InlineData(KpiScope.TasksDone, 3)]
    [InlineData(KpiScope.GateRunsFinished, 7)]
    [InlineData(KpiScope.GateRunsPassed, 6)]
    [InlineData(KpiScope.HandoffsSealed, 2)]
    [InlineData(KpiScope.HandoffsExecuted, 1)]
    [InlineData(KpiScope.DefectsEscaped, 2)]
    public void An_input_is_what_was_counted_by_hand(string name, int expected) => Assert.Equal(expected, Input(name).Value);

    [Fact]
    public void Lists_have_one_member_per_task()
    {
        Assert.Equal([4, 5], Input(KpiScope.CompletedPoints).Values!.Value.AsEnumerable());
        Assert.Equal([2, 3, 1], Input(KpiScope.TaskDays).Values!.Value.AsEnumerable());
    }

    [Theory]
    [InlineData("planning_velocity", 0.6, KpiStatus.Missed, Trend.Down, true, 1.0, 1.2, 1.1)]
    [InlineData("quality_gate_pass_rate", 85.714286, KpiStatus.Missed, Trend.Steady, false, 100, 50, 100)]
    [InlineData("handoff_success_rate", 50, KpiStatus.Missed, Trend.Down, true, 100, 100, 100)]
    [InlineData("cycle_time", 2, KpiStatus.Met, Trend.Steady, false, 2, 2, 2)]
    [InlineData("defect_escape_rate", 66.666667, KpiStatus.Missed, Trend.Up, false, 0, 0, 50)]
    public void A_kpi_is_what_was_computed_by_hand(string name, double value, KpiStatus status, Trend trend, bool review, double first, double second, double third)
    {
        var kpi = Golden.Kpis.Single(k => k.Name == name);
        Assert.Equal(((decimal?)value, status, trend, review), (kpi.Value, kpi.Status, kpi.Trend, kpi.Review));
        Assert.Equal(new[] { first, second, third }.Select(e => (decimal?)e), kpi.Earlier.Select(e => e.Value));
    }

    [Theory]
    [MemberData(nameof(Sourced))]
    public void The_events_that_a_number_names_alone_give_the_same_number(string row)
    {
        var expected = Rows(Golden)[row];
        var named = expected.Sources.ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(named);
        var again = Rows(GoldenHistory.Build(GoldenHistory.Events.Where(e => named.Contains(e.EventId))));
        Assert.Equal(expected.Numbers, again[row].Numbers);
    }

    [Fact]
    public void The_events_that_an_earlier_value_names_alone_give_the_same_value()
    {
        foreach (var (kpi, earlier) in Golden.Kpis.SelectMany(k => k.Earlier, (k, e) => (k.Name, e)))
        {
            var again = GoldenHistory.Build(GoldenHistory.Events.Where(e => earlier.Sources.Contains(e.EventId)));
            Assert.Equal((earlier.Cycle, earlier.Value), (again.Cycle.Id, again.Kpis.Single(k => k.Name == kpi).Value));
        }
    }

    private static InputRow Input(string name) => Golden.Kpis.SelectMany(k => k.Inputs).First(i => i.Name == name);

    private static void Same(string file, byte[] rendered)
    {
        if (Environment.GetEnvironmentVariable("PLANNING_WRITE_GOLDEN") == "1")
            File.WriteAllBytes(GoldenHistory.Path(file), rendered);
        Assert.Equal(File.ReadAllText(GoldenHistory.Path(file)), System.Text.Encoding.UTF8.GetString(rendered));
        Assert.Equal(File.ReadAllBytes(GoldenHistory.Path(file)), rendered);
    }

    /// <summary>Every object of the JSON that names sources, by where it stands, with its own numbers.</summary>
    private static Dictionary<string, (string[] Sources, string Numbers)> Rows(Digest digest)
    {
        var rows = new Dictionary<string, (string[], string)>(StringComparer.Ordinal);
        using var json = JsonDocument.Parse(DigestJson.Render(digest));
        Visit(json.RootElement, "");
        return rows;

        void Visit(JsonElement at, string path)
        {
            if (at.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in at.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object))
                    Visit(item, $"{path}/{Identity(item)}");
            }
            if (at.ValueKind != JsonValueKind.Object)
                return;
            if (at.TryGetProperty("sources", out var sources) && sources.ValueKind == JsonValueKind.Array)
                rows.Add(path, ([.. sources.EnumerateArray().Select(s => s.GetString()!)], NumbersOf(at)));
            foreach (var member in at.EnumerateObject())
                Visit(member.Value, $"{path}/{member.Name}");
        }

        static string Identity(JsonElement row) => string.Join('+', new[] { "name", "cycle", "plan", "gate", "stream", "state", "tag", "code", "fingerprint", "text" }
            .Where(n => row.TryGetProperty(n, out _)).Select(n => row.GetProperty(n).GetString()));

        static string NumbersOf(JsonElement row) => string.Join(' ', row.EnumerateObject()
            .Where(m => m.Value.ValueKind == JsonValueKind.Number || m.Name is "values" or "status" or "mark" or "state" or "began" or "ended")
            .Select(m => $"{m.Name}={m.Value.GetRawText()}"));
    }
}
