using System.Text.Json;
using Planning.Artifacts;
using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Engine.Entities;
using Planning.Engine.Gates;
using Planning.Engine.Json;
using Planning.Engine.Reactors;
using Planning.Engine.Tests.Gates.Support;
using Xunit;

namespace Planning.Engine.Tests.Gates;

public sealed class GateRunnerTests
{
    private readonly Workspace workspace = new();
    private readonly Plan plan;

    public GateRunnerTests() => plan = workspace.AddPlan("pln_1", ("notes.yaml", "a: 1\n"));

    [Fact]
    public async Task A_gate_without_findings_passes()
    {
        var report = await Gate.RunAsync(workspace, plan, [new Scripted("one"), new Scripted("two")]);
        Assert.Equal(GateOutcome.Passed, report.Outcome);
        Assert.Equal(["one", "two"], report.Results.Select(r => r.Validator));
        Assert.All(report.Results, r => Assert.True(r.Passed));
    }

    [Fact]
    public async Task Warnings_do_not_fail_a_gate_and_one_error_does()
    {
        var warned = await Gate.RunAsync(workspace, plan, [new Scripted("one", Gate.Finding("a.b", Severity.Warning))]);
        var failed = await Gate.RunAsync(workspace, plan, [new Scripted("one", Gate.Finding("a.b")), new Scripted("two")]);
        Assert.Equal(GateOutcome.Passed, warned.Outcome);
        Assert.Equal(GateOutcome.Failed, failed.Outcome);
        Assert.Equal([false, true], failed.Results.Select(r => r.Passed));
    }

    [Fact]
    public async Task All_findings_of_all_validators_are_reported_errors_first_then_by_place()
    {
        var report = await Gate.RunAsync(workspace, plan,
        [
            new Scripted("one", Gate.Finding("a.info", Severity.Info), Gate.Finding("a.late", line: 9), Gate.Finding("a.warn", Severity.Warning)),
            new Scripted("two", Gate.Finding("b.early", line: 2), Gate.Finding("b.other", file: "a.yaml", line: 70)),
        ]);
        Assert.Equal(["b.other", "b.early", "a.late", "a.warn", "a.info"], report.Findings.Select(f => f.Rule));
        Assert.Equal(5, report.FindingCount);
        Assert.Equal([3, 2], report.Results.Select(r => r.FindingCount));
        Assert.Null(report.ReportHash);
    }

    [Fact]
    public async Task A_crash_is_a_failure_that_says_so()
    {
        var report = await Gate.RunAsync(workspace, plan, [new Scripted("bad", (_, _) => throw new InvalidOperationException("no luck")), new Scripted("good")]);
        Assert.Equal(GateOutcome.Failed, report.Outcome);
        Assert.Contains("crashed (InvalidOperationException: no luck)", report.Results[0].Error);
        Assert.True(report.Results[1].Passed);
    }

    [Fact]
    public async Task A_validator_that_knows_why_it_has_no_result_is_taken_at_its_word()
    {
        var report = await Gate.RunAsync(workspace, plan, [new Scripted("bad", (_, _) => throw new ValidatorFailedException("The program is another one."))]);
        Assert.Equal((GateOutcome.Failed, "The program is another one."), (report.Outcome, report.Results[0].Error));
    }

    [Fact]
    public async Task An_unknown_validator_is_a_failure_that_names_the_known_ones()
    {
        workspace.Rules = workspace.Rules.With(Gate.Validator("spelling"));
        using var runner = Gate.Runner(workspace, [new Scripted("one")]);
        var report = await Run(runner);
        Assert.Equal("There is no validator of type 'spelling'. Name one of one in gates.yaml.", Assert.Single(report.Results).Error);
        Assert.Equal(GateOutcome.Failed, report.Outcome);
    }

    [Fact]
    public async Task An_unknown_parameter_and_one_that_does_not_fit_are_failures()
    {
        var validator = new Scripted("one") { Parameters = [new ValidatorParameter("max_depth", ParameterType.Whole, "5", Min: 1)] };
        workspace.Rules = workspace.Rules.With(Gate.Validator("one", ("max_dept", "3")), Gate.Validator("one", ("max_depth", "0")), Gate.Validator("one", ("max_depth", "7")));
        using var runner = Gate.Runner(workspace, [validator]);
        var report = await Run(runner);
        Assert.Contains("'max_dept' is no parameter of one; it takes max_depth.", report.Results[0].Error);
        Assert.Contains("'max_depth' is 0; it should be a whole number from 1 to", report.Results[1].Error);
        Assert.True(report.Results[2].Passed);
        Assert.Equal(1, validator.Calls);
    }

    [Fact]
    public async Task A_missing_blob_fails_the_run_and_no_validator_is_asked()
    {
        var validator = new Scripted("one");
        workspace.Lose(plan.Artifacts["notes.yaml"].Hash);
        var report = await Gate.RunAsync(workspace, plan, [validator]);
        Assert.Equal(GateOutcome.Failed, report.Outcome);
        Assert.Contains("Missing or damaged: notes.yaml", Assert.Single(report.Results).Error);
        Assert.Equal(0, validator.Calls);
    }

    [Fact]
    public async Task An_unknown_rulebook_and_a_gate_that_it_lacks_are_failures()
    {
        var started = workspace.Start(plan, "no_such_gate");
        using var runner = Gate.Runner(workspace, []);
        var noGate = await runner.RunAsync(EntityKey.Of(Workspace.Id, plan.Id), started, Workspace.Now, CancellationToken.None);
        var noRules = await runner.RunAsync(
            EntityKey.Of(Workspace.Id, plan.Id), started with { RulebookHash = new ContentHash("sha256:other") }, Workspace.Now, CancellationToken.None);
        Assert.Contains("has no gate 'no_such_gate'", Assert.Single(noGate.Results).Error);
        Assert.Contains("Rulebook sha256:other is not known", Assert.Single(noRules.Results).Error);
    }

    [Fact]
    public async Task Too_many_bytes_fail_the_run_with_the_name_of_the_limit()
    {
        var report = await Gate.RunAsync(workspace, plan, [new Scripted("one")], new GateOptions { MaxInputBytes = 4 });
        Assert.Contains("The artifacts have 5 bytes together; max_input_bytes is 4.", Assert.Single(report.Results).Error);
    }

    [Fact]
    public async Task Too_many_findings_are_a_failure_that_no_waiver_lifts()
    {
        Finding[] findings = [.. Enumerable.Range(1, 11).Select(line => Gate.Finding("a.b", line: line))];
        var waiver = new Waiver(Gate.Name, findings[0].Fingerprint, "known", Workspace.Now.AddDays(1), new PersonId("psn_2"));
        var report = await Gate.RunAsync(workspace, plan, [new Scripted("one", findings)], new GateOptions { MaxFindingsPerValidator = 10 }, waiver);
        Assert.Equal(GateOutcome.Failed, report.Outcome);
        Assert.Contains("11 findings; max_findings_per_validator is 10", report.Results[0].Error);
        Assert.Equal(10, report.FindingCount);
    }

    [Fact]
    public async Task Findings_that_a_reader_did_not_list_are_a_failure_that_no_waiver_lifts()
    {
        var cut = Gate.Finding(Rules.MaxFindings, Severity.Warning);
        var waiver = new Waiver(Gate.Name, cut.Fingerprint, "known", Workspace.Now.AddDays(1), new PersonId("psn_2"));
        var report = await Gate.RunAsync(workspace, plan, [new Scripted("one", cut)], null, waiver);
        Assert.Equal(GateOutcome.Failed, report.Outcome);
        Assert.Contains("be_backlog.yaml has more findings than are listed.", report.Results[0].Error);
        Assert.Equal(1, report.FindingCount);
    }

    [Fact]
    public async Task More_findings_than_an_event_holds_are_all_in_the_report_blob()
    {
        Finding[] findings = [.. Enumerable.Range(1, 250).Select(line => Gate.Finding("a.b", line: line, message: $"Line {line} is wrong."))];
        var report = await Gate.RunAsync(workspace, plan, [new Scripted("one", findings)]);
        Assert.Equal(GateRunDecider.MaxFindings, report.Findings.Length);
        Assert.Equal(250, report.FindingCount);
        var document = JsonSerializer.Deserialize<GateReportDocument>(workspace.Blobs[report.ReportHash!.Value].Span, PlanningJson.Options)!;
        Assert.Equal(Enumerable.Range(1, 250), document.Findings.Select(f => f.Line));
    }

    [Fact]
    public async Task Text_that_the_log_cannot_hold_is_made_plain_and_long_text_is_cut_in_the_event_only()
    {
        var report = await Gate.RunAsync(workspace, plan, [new Scripted("one", Gate.Finding("a.b", message: "nul \0 half \ud83d long " + new string('x', 5_000)))]);
        var message = Assert.Single(report.Findings).Message;
        Assert.StartsWith("nul \uFFFD half \uFFFD long xxx", message);
        Assert.Equal(1_000, message.Length);
        var document = JsonSerializer.Deserialize<GateReportDocument>(workspace.Blobs[report.ReportHash!.Value].Span, PlanningJson.Options)!;
        Assert.Equal(5_000, document.Findings[0].Message.Count(c => c == 'x'));
    }

    [Fact]
    public async Task The_same_input_gives_the_same_report_but_for_durations()
    {
        Scripted[] validators =
        [
            new("one", Gate.Finding("a.b", line: 3), Gate.Finding("a.b", line: 3), Gate.Finding("a.a", line: 3)),
            new("two", Gate.Finding("c.d", Severity.Warning), Gate.Finding("c.c")),
        ];
        var first = await Gate.RunAsync(workspace, plan, validators);
        var second = await Gate.RunAsync(workspace, plan, validators);
        Assert.Equal(Bytes(first), Bytes(second));
    }

    [Fact]
    public async Task An_outage_while_other_plans_are_read_is_no_verdict()
    {
        var asking = new Scripted("asking", async (input, cancellation) =>
        {
            workspace.Outage = new IOException("away");
            await input.Workspace.FindAsync(new PlanId("pln_2"), cancellation);
            return [];
        });
        await Assert.ThrowsAsync<ReactionFailedException>(() => Gate.RunAsync(workspace, plan, [asking]));
    }

    [Fact]
    public async Task Options_out_of_range_are_refused_at_the_start()
    {
        await Task.CompletedTask;
        Assert.Throws<ArgumentException>(() => Gate.Runner(workspace, [], new GateOptions { MaxConcurrentRuns = 0 }));
    }

    private async Task<GateRunReport> Run(GateRunner runner) =>
        await runner.RunAsync(EntityKey.Of(Workspace.Id, plan.Id), workspace.Start(plan, Gate.Name), Workspace.Now, CancellationToken.None);

    private static string Bytes(GateRunReport report) => JsonSerializer.Serialize(
        report with { DurationMs = 0, Results = [.. report.Results.Select(r => r with { DurationMs = 0 })] }, PlanningJson.Options);
}
