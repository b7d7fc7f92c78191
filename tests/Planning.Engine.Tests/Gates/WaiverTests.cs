using Planning.Artifacts;
using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Engine.Tests.Gates.Support;
using Xunit;

namespace Planning.Engine.Tests.Gates;

public sealed class WaiverTests
{
    private readonly Workspace workspace = new();
    private readonly Finding finding = Gate.Finding("a.b");

    [Fact]
    public async Task A_waived_error_lets_the_gate_pass_and_stays_in_the_report()
    {
        var waiver = Waiver(finding.Fingerprint);
        var report = await RunAsync(waiver);
        Assert.Equal(GateOutcome.Passed, report.Outcome);
        Assert.True(Assert.Single(report.Findings).Waived);
        Assert.Equal(waiver, Assert.Single(report.WaiversApplied));
    }

    [Fact]
    public async Task A_waiver_counts_wherever_the_lines_of_the_finding_have_moved()
    {
        var report = await Gate.RunAsync(
            workspace, workspace.AddPlan("pln_1"), [new Scripted("one", finding with { Line = 40, Column = 7 })], null, Waiver(finding.Fingerprint));
        Assert.Equal(GateOutcome.Passed, report.Outcome);
    }

    [Fact]
    public async Task A_waiver_of_another_finding_another_gate_or_past_its_end_does_nothing()
    {
        foreach (var waiver in new[]
        {
            Waiver("0000000000000000"),
            Waiver(finding.Fingerprint) with { Gate = "parity_coverage" },
            Waiver(finding.Fingerprint) with { ExpiresAt = Workspace.Now },
        })
        {
            var report = await RunAsync(waiver);
            Assert.Equal(GateOutcome.Failed, report.Outcome);
            Assert.Empty(report.WaiversApplied);
        }
    }

    [Fact]
    public async Task Waived_errors_never_push_the_others_out_of_the_event()
    {
        Finding[] waived = [.. Enumerable.Repeat(finding, GateRunDecider.MaxFindings)];
        var report = await Gate.RunAsync(
            workspace, workspace.AddPlan("pln_1"), [new Scripted("one", [.. waived, Gate.Finding("z.z", line: 999)])], null, Waiver(finding.Fingerprint));
        Assert.Equal("z.z", report.Findings[0].Rule);
        Assert.Equal(GateOutcome.Failed, report.Outcome);
    }

    private Task<GateRunReport> RunAsync(Waiver waiver) =>
        Gate.RunAsync(workspace, workspace.AddPlan("pln_1"), [new Scripted("one", finding)], null, waiver);

    private static Waiver Waiver(string fingerprint) => new(Gate.Name, fingerprint, "known", Workspace.Now.AddDays(1), new PersonId("psn_2"));
}
