using Planning.Domain.Plans;
using Planning.Engine.Gates.Validators;
using Planning.Engine.Tests.Gates.Support;
using Planning.Testing;
using Xunit;
using static Planning.Engine.Tests.Gates.Support.Judging;

namespace Planning.Engine.Tests.Gates.Validators;

public sealed class CoverageTests
{
    private readonly Workspace workspace = new();
    private readonly CoverageValidator validator = new();

    [Theory]
    [InlineData(79_999, "coverage.info:1:1 coverage.below_minimum")]
    [InlineData(80_000, null)]
    public async Task Counts_are_compared_and_not_rounded_rates(int covered, string? finding) =>
        Assert.Equal(finding is null ? [] : [finding], await PlacesAsync("80", ("coverage.info", Lcov(100_000, covered))));

    [Fact]
    public async Task Several_reports_count_together_by_lines()
    {
        Assert.Empty(await PlacesAsync("80", ("coverage.a.info", Lcov(10, 0)), ("coverage.b.info", Lcov(90, 80))));
        Assert.Equal(["coverage.a.info:1:1 coverage.below_minimum"], await PlacesAsync("80.5", ("coverage.a.info", Lcov(10, 0)), ("coverage.b.info", Lcov(90, 80))));
    }

    [Fact]
    public async Task No_report_is_a_finding() => Assert.Equal(["coverage.xml:1:1 coverage.no_report"], await PlacesAsync("0", ("notes.yaml", "a: 1\n")));

    [Fact]
    public async Task A_report_that_measures_nothing_is_a_finding() => Assert.Contains(
        "coverage.info:1:1 coverage.nothing_measured", await PlacesAsync("0", ("coverage.info", Lcov(0, 0))));

    [Fact]
    public async Task A_report_that_cannot_be_read_is_a_finding_and_the_rest_is_not_judged() => Assert.Equal(
        ["coverage.a.xml:1:1 coverage.format"], await PlacesAsync("80", ("coverage.a.xml", "<other/>"), ("coverage.b.info", Lcov(100, 0))));

    [Theory]
    [InlineData("6.9", false)]
    [InlineData("7.1", true)]
    public async Task A_report_that_states_only_a_rate_counts_alone(string minimum, bool below) => Assert.Equal(
        below, (await PlacesAsync(minimum, ("coverage.xml", Rate))).Contains("coverage.xml:1:1 coverage.below_minimum"));

    [Fact]
    public async Task A_report_that_states_only_a_rate_cannot_be_counted_together_with_others() => Assert.Contains(
        "coverage.xml:1:1 coverage.no_counts", await PlacesAsync("1", ("coverage.xml", Rate), ("coverage.info", Lcov(10, 10))));

    [SharedDataTheory("coverage")]
    [InlineData("cobertura/coverlet-csharp.xml", 255, 156)]
    [InlineData("lcov/coverlet-csharp.info", 199, 124)]
    [InlineData("jacoco/jacoco-0.8.3-java.xml", 38, 26)]
    public async Task Real_reports_pass_at_their_own_rate_and_fail_just_above(string file, int valid, int covered)
    {
        var artifact = ("coverage" + Path.GetExtension(file), await File.ReadAllTextAsync(SharedData.At("coverage", file)));
        Assert.DoesNotContain(await PlacesAsync($"{Math.Floor(covered * 1_000m / valid) / 10}", artifact), p => p.Contains("below_minimum"));
        Assert.Contains(await PlacesAsync($"{Math.Ceiling(covered * 1_000m / valid) / 10}", artifact), p => p.Contains("below_minimum"));
    }

    private const string Rate = """<coverage line-rate="0.07" branch-rate="0"><packages/></coverage>""";

    private static string Lcov(int valid, int covered) =>
        $"SF:a.cs\n{(valid > 10 ? "" : string.Concat(Enumerable.Range(1, valid).Select(i => $"DA:{i},{(i <= covered ? 1 : 0)}\n")))}LF:{valid}\nLH:{covered}\nend_of_record\n";

    private async Task<string[]> PlacesAsync(string minimum, params (string, string)[] artifacts)
    {
        var places = await workspace.PlacesAsync(validator, workspace.AddPlan("pln_1", artifacts), ("minimum_percent", minimum));
        return [.. places.Where(p => !p.Contains("totals"))];
    }
}

public sealed class ParityTests
{
    private readonly Workspace workspace = new();
    private readonly ParityValidator validator = new();

    [Fact]
    public async Task A_plan_that_still_can_what_the_last_one_could_passes()
    {
        Last(("parity.json", Report("a.read", "a.write")));
        Assert.Empty(await PlacesAsync(("parity.json", Report("a.write", "a.read", "b.new"))));
    }

    [Fact]
    public async Task Each_capability_that_is_gone_is_a_finding_at_the_list()
    {
        Last(("parity.json", Report("a.read", "a.write", "a.list")));
        Assert.Equal(
            ["parity.yaml:2:3 parity.missing_capability /capabilities", "parity.yaml:2:3 parity.missing_capability /capabilities"],
            await PlacesAsync(("parity.yaml", "capabilities:\n  - a.write\n")));
    }

    [Fact]
    public async Task Without_a_report_the_capabilities_of_the_backlog_count()
    {
        Last(("be_backlog.yaml", Backlog("A|capabilities: [a.read, a.write]")));
        Assert.Equal(
            ["be_backlog.yaml:4:3 parity.missing_capability /tasks"], await PlacesAsync(("be_backlog.yaml", Backlog("A|capabilities: [a.read]"))));
        Assert.Equal(
            ["parity.json:1:1 parity.missing_capability", "parity.json:1:1 parity.missing_capability"], await PlacesAsync(("notes.yaml", "a: 1\n")));
    }

    [Fact]
    public async Task The_first_plan_of_a_stream_has_nothing_to_compare_with()
    {
        var finding = Assert.Single(await workspace.FindingsAsync(validator, workspace.AddPlan("pln_1", ("parity.json", Report("a.read")))));
        Assert.Equal(("parity.no_baseline", "info"), (finding.Rule, finding.Severity));
        Last(("notes.yaml", "a: 1\n"));
        Assert.Equal(["parity.json:1:1 parity.no_baseline"], await PlacesAsync(("parity.json", Report("a.read"))));
    }

    [Fact]
    public async Task A_report_of_another_stream_is_a_finding() => Assert.Contains(
        "parity.yaml:1:9 parity.wrong_stream /stream", await PlacesAsync(("parity.yaml", "stream: lending\ncapabilities: [a.read]\n")));

    [Fact]
    public async Task Reports_that_cannot_be_read_are_findings_on_either_side()
    {
        Last(("parity.json", Report("a.read")));
        Assert.Equal(["parity.json:2:1 parity.unreadable"], await PlacesAsync(("parity.json", "{\n")));
        Last(("parity.json", "{\n"));
        Assert.Equal(["parity.json:1:1 parity.unreadable_baseline"], await PlacesAsync(("parity.json", Report("a.read"))));
    }

    private static string Report(params string[] capabilities) =>
        $$"""{"version": "1.0.0", "stream": "payments", "capabilities": [{{string.Join(", ", capabilities.Select(c => $"\"{c}\""))}}]}""";

    private void Last(params (string, string)[] artifacts) => workspace.Executed =
        workspace.AddPlan(new Plan { Id = new("pln_0"), Stream = "payments", Status = PlanStatus.Executed }, artifacts).Id;

    private Task<string[]> PlacesAsync(params (string, string)[] artifacts) => workspace.PlacesAsync(validator, workspace.AddPlan("pln_1", artifacts));
}
