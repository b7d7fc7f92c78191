using Planning.Domain.Plans;
using Planning.Engine.Gates.Validators;
using Planning.Engine.Tests.Gates.Support;
using Xunit;
using static Planning.Engine.Tests.Gates.Support.Judging;

namespace Planning.Engine.Tests.Gates.Validators;

/// <summary>Thresholds of streams and of branches, and what was covered before. The plans are of the stream "payments".</summary>
public sealed class CoverageThresholdTests
{
    private readonly Workspace workspace = new();
    private readonly CoverageValidator validator = new();

    [Theory]
    [InlineData("""{"payments": 90}""", "coverage.below_minimum")]
    [InlineData("""{"payments": 85}""", null)]
    [InlineData("""{"lending": 90}""", null)]
    public async Task The_threshold_of_a_stream_holds_for_its_plans_alone(string byStream, string? rule) =>
        Assert.Equal(Rules(rule), await RulesAsync([("coverage.info", Report(100, 85))], ("minimum_percent_by_stream", byStream)));

    [Fact]
    public async Task A_low_threshold_of_a_stream_stands_before_the_one_of_all()
    {
        Assert.Empty(await RulesAsync([("coverage.info", Report(100, 40))], ("minimum_percent_by_stream", """{"payments": 30}""")));
        var finding = Assert.Single(await FindingsAsync([("coverage.info", Report(100, 20))], ("minimum_percent_by_stream", """{"payments": 30}""")));
        Assert.Contains("minimum_percent_by_stream of 'payments' is 30", finding.Message);
    }

    [Theory]
    [InlineData(74, "coverage.branches_below_minimum")]
    [InlineData(75, null)]
    public async Task Branches_have_a_threshold_of_their_own(int covered, string? rule) =>
        Assert.Equal(Rules(rule), await RulesAsync([("coverage.info", Report(100, 100, 100, covered))], ("minimum_branch_percent", "75")));

    [Fact]
    public async Task A_report_without_branches_cannot_pass_a_threshold_of_branches()
    {
        string[] none = ["coverage.no_branches"];
        Assert.Equal(none, await RulesAsync([("coverage.info", Report(100, 100))], ("minimum_branch_percent", "1")));
        Assert.Equal(none, await RulesAsync([("coverage.a.info", Report(9, 9, 9, 9)), ("coverage.b.info", Report(100, 100))], ("minimum_branch_percent", "1")));
        Assert.Equal(none, await RulesAsync([("coverage.info", Report(100, 100, 0, 0))], ("minimum_branch_percent", "1")));
        Assert.Empty(await RulesAsync([("coverage.info", Report(100, 100))]));
    }

    [Fact]
    public async Task A_rate_of_branches_counts_where_a_report_stands_alone()
    {
        var report = ("coverage.xml", """<coverage line-rate="0.9" branch-rate="0.5"/>""");
        Assert.DoesNotContain("coverage.branches_below_minimum", await RulesAsync([report], ("minimum_branch_percent", "50")));
        Assert.Contains("coverage.branches_below_minimum", await RulesAsync([report], ("minimum_branch_percent", "50.1")));
    }

    [Fact]
    public async Task A_report_that_is_attached_twice_counts_once()
    {
        (string, string)[] reports = [("coverage.a.info", Report(100, 60)), ("coverage.b.info", Report(100, 96)), ("coverage.c.info", Report(100, 96))];
        Assert.Equal(
            ["coverage.a.info:1:1 coverage.below_minimum", "coverage.c.info:1:1 coverage.same_report"],
            await workspace.PlacesAsync(validator, workspace.AddPlan("pln_1", reports)));
    }

    [Theory]
    [InlineData("4.9", "coverage.dropped")]
    [InlineData("5", null)]
    public async Task Coverage_may_drop_so_far_below_the_last_executed_plan(string maxDrop, string? rule)
    {
        Executed(("coverage.info", Report(1000, 900)));
        Assert.Equal(Rules(rule), await RulesAsync([("coverage.info", Report(100, 85))], ("max_drop_percent", maxDrop)));
    }

    [Fact]
    public async Task A_drop_is_compared_exactly_and_told_with_both_figures()
    {
        Executed(("coverage.info", Report(3, 3)));
        var finding = Assert.Single(await FindingsAsync([("coverage.info", Report(2_000_000_000, 1_999_999_999))], ("max_drop_percent", "0")));
        Assert.Equal("coverage.dropped", finding.Rule);
        Assert.Contains("covered 3 of 3 lines (100 %). That is 0.01 percentage points less; max_drop_percent is 0.", finding.Message);
        Assert.Empty(await FindingsAsync([("coverage.info", Report(7, 7))], ("max_drop_percent", "0")));
    }

    [Fact]
    public async Task Without_a_baseline_there_is_an_info_and_nothing_fails()
    {
        (string, string)[] now = [("coverage.info", Report(100, 85))];
        Assert.Equal("info", Assert.Single(await FindingsAsync(now, ("max_drop_percent", "0")), f => f.Rule == "coverage.no_baseline").Severity);
        Executed(("notes.yaml", "a: 1\n"));
        Assert.Equal(["coverage.no_baseline"], await RulesAsync(now, ("max_drop_percent", "0")));
        Executed(("coverage.xml", "<coverage lines-valid=\"0\" lines-covered=\"0\"/>"));
        Assert.Equal(["coverage.no_baseline"], await RulesAsync(now, ("max_drop_percent", "0")));
        Assert.Empty(await RulesAsync(now));
    }

    [Fact]
    public async Task A_baseline_that_cannot_be_read_is_a_finding_and_not_a_drop_to_nothing()
    {
        Executed(("coverage.xml", "<other/>"));
        Assert.Equal(["coverage.unreadable_baseline"], await RulesAsync([("coverage.info", Report(100, 85))], ("max_drop_percent", "0")));
    }

    [Theory]
    [InlineData("""{"payments": 101}""")]
    [InlineData("""{"payments": "80"}""")]
    [InlineData("80")]
    public void A_threshold_of_a_stream_that_is_no_share_is_refused(string json) =>
        Assert.Contains("a mapping of names to numbers from 0 to 100", validator.Parameters.Single(p => p.Name == "minimum_percent_by_stream").Problem(json));

    private static string[] Rules(string? rule) => rule is null ? [] : [rule];

    private static string Report(int lines, int covered, int? branches = null, int coveredBranches = 0) =>
        $"SF:a.cs\nLF:{lines}\nLH:{covered}\n{(branches is null ? "" : $"BRF:{branches}\nBRH:{coveredBranches}\n")}end_of_record\n";

    private void Executed(params (string, string)[] artifacts) => workspace.Executed =
        workspace.AddPlan(new Plan { Id = new("pln_0"), Stream = "payments", Status = PlanStatus.Executed }, artifacts).Id;

    private async Task<Planning.Domain.Gates.FindingSummary[]> FindingsAsync((string, string)[] artifacts, params (string, string)[] parameters) =>
        [.. await workspace.FindingsAsync(validator, workspace.AddPlan("pln_1", artifacts), parameters)];

    private async Task<string[]> RulesAsync((string, string)[] artifacts, params (string, string)[] parameters) =>
        [.. (await FindingsAsync(artifacts, parameters)).Select(f => f.Rule).Where(r => r != "coverage.no_totals")];
}
