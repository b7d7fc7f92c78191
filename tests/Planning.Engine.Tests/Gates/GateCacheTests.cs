using Planning.Artifacts;
using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Entities;
using Planning.Engine.Gates;
using Planning.Engine.Tests.Gates.Support;
using Planning.Testing;
using Xunit;

namespace Planning.Engine.Tests.Gates;

public sealed class GateCacheTests
{
    private readonly Workspace workspace = new();

    [Fact]
    public async Task A_result_is_kept_for_the_same_artifacts_and_parameters()
    {
        var validator = new Scripted("one", Gate.Finding("a.b")) { Scope = "" };
        using var runner = Gate.Runner(workspace, [validator]);
        var first = await RunAsync(runner, "a: 1");
        var second = await RunAsync(runner, "a: 1");
        Assert.Equal([false, true], new[] { first, second }.Select(r => r.Results[0].Cached));
        Assert.Equal(first.Findings.AsEnumerable(), second.Findings.AsEnumerable());
        Assert.Equal(1, validator.Calls);
    }

    [Fact]
    public async Task Other_artifacts_other_parameters_another_version_or_scope_are_judged_anew()
    {
        var validator = new Scripted("one") { Scope = "", Parameters = [new ValidatorParameter("p", ParameterType.Whole, "1")] };
        using var runner = Gate.Runner(workspace, [validator]);
        await RunAsync(runner, "a: 1");
        Assert.False((await RunAsync(runner, "a: 2")).Results[0].Cached);
        Assert.False((await RunAsync(runner, "a: 1", Gate.Validator("one", ("p", "2")))).Results[0].Cached);
        Assert.True((await RunAsync(runner, "a: 1", Gate.Validator("one", ("p", " 2")))).Results[0].Cached);
        Assert.Equal(3, validator.Calls);
    }

    [Fact]
    public async Task What_depends_on_more_than_its_scope_says_is_never_kept()
    {
        var timely = new Scripted("timely") { Scope = null };
        var asking = new Scripted("asking", async (input, cancellation) =>
        {
            await input.Workspace.FindAsync(new PlanId("pln_9"), cancellation);
            return [];
        })
        { Scope = "" };
        using var runner = Gate.Runner(workspace, [timely, asking]);
        await RunAsync(runner, "a: 1", Gate.Validator("timely"), Gate.Validator("asking"));
        var again = await RunAsync(runner, "a: 1", Gate.Validator("timely"), Gate.Validator("asking"));
        Assert.All(again.Results, r => Assert.False(r.Cached));
    }

    [Fact]
    public async Task A_failure_is_never_kept()
    {
        var crashing = new Scripted("one", (_, _) => throw new InvalidOperationException()) { Scope = "" };
        using var runner = Gate.Runner(workspace, [crashing]);
        await RunAsync(runner, "a: 1");
        Assert.False((await RunAsync(runner, "a: 1")).Results[0].Cached);
        Assert.Equal(2, crashing.Calls);
    }

    [Fact]
    public async Task A_waiver_counts_for_a_kept_result_too()
    {
        var finding = Gate.Finding("a.b");
        using var runner = Gate.Runner(workspace, [new Scripted("one", finding) { Scope = "" }]);
        await RunAsync(runner, "a: 1");
        workspace.Rules = workspace.Rules.With(Gate.Validator("one"));
        var plan = workspace.AddPlan("pln_1", ("notes.yaml", "a: 1"));
        var waiver = new Waiver(Gate.Name, finding.Fingerprint, "known", Workspace.Now.AddDays(1), new PersonId("psn_2"));
        var report = await runner.RunAsync(EntityKey.Of(Workspace.Id, plan.Id), workspace.Start(plan, Gate.Name, waiver), Workspace.Now, CancellationToken.None);
        Assert.True(report.Results[0].Cached);
        Assert.Equal(GateOutcome.Passed, report.Outcome);
    }

    [Fact]
    public async Task Parsed_artifacts_are_shared_between_runs_within_the_bound()
    {
        var seen = new List<object?>();
        var looking = new Scripted("one", (input, _) =>
        {
            seen.Add(input.Artifacts[0].Parsed);
            return Task.FromResult<IReadOnlyList<Finding>>([]);
        });
        using var runner = Gate.Runner(workspace, [looking], new GateOptions { ParsedCacheBytes = 100 });
        await RunAsync(runner, "a: 1");
        await RunAsync(runner, "a: 1");
        Assert.Same(seen[0], seen[1]);
        await RunAsync(runner, "b: 2");
        await RunAsync(runner, "a: 1");
        Assert.NotSame(seen[0], seen[3]);
        Assert.InRange(runner.KeptBytes, 1, 100);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task Bytes_that_were_fetched_a_moment_ago_are_not_fetched_again_and_later_ones_are(int seconds)
    {
        var time = new FakeTime(Workspace.Now);
        using var runner = Gate.Runner(workspace, [new Scripted("one")], new GateOptions { RefetchAfter = TimeSpan.FromSeconds(seconds) }, time);
        workspace.Rules = workspace.Rules.With(Gate.Validator("one"));
        var plan = workspace.AddPlan("pln_1", ("notes.yaml", "a: 1"));
        Task<GateRunReport> Again() => runner.RunAsync(EntityKey.Of(Workspace.Id, plan.Id), workspace.Start(plan, Gate.Name), Workspace.Now, CancellationToken.None);
        Assert.Equal(GateOutcome.Passed, (await Again()).Outcome);
        workspace.Lose(plan.Artifacts["notes.yaml"].Hash);
        Assert.Equal(seconds == 0 ? GateOutcome.Failed : GateOutcome.Passed, (await Again()).Outcome);
        time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Contains("Missing or damaged: notes.yaml", (await Again()).Results[0].Error);
    }

    private async Task<GateRunReport> RunAsync(GateRunner runner, string text, params ValidatorDefinition[] validators)
    {
        workspace.Rules = workspace.Rules.With(validators.Length == 0 ? [Gate.Validator("one")] : validators);
        var plan = workspace.AddPlan("pln_1", ("notes.yaml", text));
        return await runner.RunAsync(EntityKey.Of(Workspace.Id, plan.Id), workspace.Start(plan, Gate.Name), Workspace.Now, CancellationToken.None);
    }
}
