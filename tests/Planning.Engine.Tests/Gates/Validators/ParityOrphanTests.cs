using Planning.Domain.Plans;
using Planning.Engine.Gates.Validators;
using Planning.Engine.Tests.Gates.Support;
using Xunit;
using static Planning.Engine.Tests.Gates.Support.Judging;

namespace Planning.Engine.Tests.Gates.Validators;

/// <summary>Capabilities of tasks against those of parity reports.</summary>
public sealed class ParityOrphanTests
{
    private readonly Workspace workspace = new();
    private readonly ParityValidator validator = new();

    public ParityOrphanTests() => workspace.Executed = workspace.AddPlan(
        new Plan { Id = new("pln_0"), Stream = "payments", Status = PlanStatus.Executed }, ("parity.yaml", "capabilities: [a.read]\n")).Id;

    [Fact]
    public async Task What_tasks_carry_and_what_reports_show_may_be_the_same() => Assert.Empty(
        await PlacesAsync("error", ("be_backlog.yaml", Backlog("A|capabilities: [b.new]")), ("parity.yaml", "capabilities: [a.read, b.new]\n")));

    [Fact]
    public async Task A_capability_of_a_task_that_no_report_shows_is_found_at_the_task() => Assert.Equal(
        ["be_backlog.yaml:5:27 parity.not_shown /tasks/0/capabilities/1"],
        await PlacesAsync("warning", ("be_backlog.yaml", Backlog("A|capabilities: [b.new, b.more]", "B|capabilities: [b.more]")), ("parity.yaml", "capabilities: [a.read, b.new]\n")));

    [Fact]
    public async Task A_new_capability_of_a_report_that_no_task_carries_is_found_in_the_report() => Assert.Equal(
        ["parity.yaml:1:31 parity.not_planned /capabilities/2"],
        await PlacesAsync("warning", ("be_backlog.yaml", Backlog("A|capabilities: [b.new]")), ("parity.yaml", "capabilities: [a.read, b.new, c.stray]\n")));

    [Theory]
    [InlineData("error", "error")]
    [InlineData("warning", "warning")]
    [InlineData("off", null)]
    public async Task Orphans_weigh_what_the_parameter_says(string orphans, string? severity)
    {
        var plan = workspace.AddPlan("pln_1", ("be_backlog.yaml", Backlog("A|capabilities: [b.new]")), ("parity.yaml", "capabilities: [a.read, c.stray]\n"));
        var findings = await workspace.FindingsAsync(validator, plan, ("orphans", $"\"{orphans}\""));
        Assert.Equal(severity is null ? [] : [severity, severity], findings.Select(f => f.Severity));
    }

    [Fact]
    public async Task Without_a_baseline_nothing_in_a_report_is_new_for_certain()
    {
        workspace.Executed = null;
        Assert.Equal(
            ["be_backlog.yaml:5:20 parity.not_shown /tasks/0/capabilities/0", "parity.json:1:1 parity.no_baseline"],
            await PlacesAsync("error", ("be_backlog.yaml", Backlog("A|capabilities: [b.new]")), ("parity.yaml", "capabilities: [a.read, c.stray]\n")));
    }

    [Fact]
    public async Task Tasks_that_name_no_capability_do_not_say_what_is_new() => Assert.Empty(
        await PlacesAsync("error", ("be_backlog.yaml", Backlog("A")), ("parity.yaml", "capabilities: [a.read, c.stray]\n")));

    [Fact]
    public async Task Without_a_report_there_are_no_orphans() => Assert.Empty(await PlacesAsync("error", ("be_backlog.yaml", Backlog("A|capabilities: [a.read]"))));

    [Fact]
    public async Task A_backlog_that_cannot_be_read_is_not_taken_for_one_without_capabilities() => Assert.Equal(
        ["be_backlog.yaml:1:1 parity.unreadable"], await PlacesAsync("warning", ("be_backlog.yaml", "[]\n"), ("parity.yaml", "capabilities: [a.read]\n")));

    private Task<string[]> PlacesAsync(string orphans, params (string, string)[] artifacts) =>
        workspace.PlacesAsync(validator, workspace.AddPlan("pln_1", artifacts), ("orphans", $"\"{orphans}\""));
}
