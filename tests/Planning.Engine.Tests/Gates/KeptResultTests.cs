using Planning.Artifacts;
using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Engine.Gates;
using Planning.Engine.Gates.Kept;
using Planning.Engine.InMemory;
using Planning.Engine.Tests.Gates.Support;
using Planning.Testing;
using Xunit;

namespace Planning.Engine.Tests.Gates;

/// <summary>What runs of one process find of those of another. Each run here is one of a process of its own.</summary>
public sealed class KeptResultTests
{
    private static readonly GateOptions Everything = new() { RunTimeout = TimeSpan.FromMinutes(10), KeptResultInputBytes = 0, KeptResultSweep = TimeSpan.Zero };

    private readonly Workspace workspace = new();
    private readonly InMemoryGateResults kept = new();
    private readonly FakeTime time = new(Workspace.Now);

    [Fact]
    public async Task Another_process_finds_the_findings_and_says_that_they_were_kept()
    {
        var first = await RunAsync(new Scripted("one", Whole) { Scope = "" });
        var second = new Scripted("one", Whole) { Scope = "" };

        var report = await RunAsync(second);

        Assert.Equal((false, true, 0), (first.Results[0].Cached, report.Results[0].Cached, second.Calls));
        Assert.Equal(first.Findings.AsEnumerable(), report.Findings);
    }

    [Fact]
    public async Task A_result_never_outlives_the_version_of_its_validator()
    {
        await RunAsync(new Scripted("one", Whole) { Scope = "" });

        Assert.False((await RunAsync(new Scripted("one") { Scope = "", Version = "2" })).Results[0].Cached);

        // The sweep of the newer one has dropped what the older one found.
        Assert.False((await RunAsync(new Scripted("one", Whole) { Scope = "" })).Results[0].Cached);
    }

    [Fact]
    public async Task Other_limits_are_another_check()
    {
        await RunAsync(new Scripted("one") { Scope = "" });

        Assert.False((await RunAsync(new Scripted("one") { Scope = "" }, Everything with { Limits = new() { MaxDepth = 7 } })).Results[0].Cached);
        Assert.False((await RunAsync(new Scripted("one") { Scope = "" }, Everything with { MaxFindingsPerValidator = 7 })).Results[0].Cached);
    }

    [Fact]
    public async Task What_is_small_is_judged_and_not_looked_for()
    {
        var options = Everything with { KeptResultInputBytes = 5 };
        await RunAsync(new Scripted("one") { Scope = "" }, options, "a: 1");
        await RunAsync(new Scripted("one") { Scope = "" }, options, "a: 12");

        Assert.False((await RunAsync(new Scripted("one") { Scope = "" }, options, "a: 1")).Results[0].Cached);
        Assert.True((await RunAsync(new Scripted("one") { Scope = "" }, options, "a: 12")).Results[0].Cached);
    }

    [Fact]
    public async Task What_is_too_old_is_judged_anew()
    {
        await RunAsync(new Scripted("one") { Scope = "" });
        time.Advance(Everything.KeptResultAge);
        Assert.True((await RunAsync(new Scripted("one") { Scope = "" })).Results[0].Cached);

        time.Advance(TimeSpan.FromSeconds(1));

        Assert.False((await RunAsync(new Scripted("one") { Scope = "" })).Results[0].Cached);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1_000, true)]
    public async Task A_result_that_is_too_large_or_does_not_come_back_as_it_went_is_not_kept(int maxBytes, bool halfAPair)
    {
        var finding = Gate.Finding("a.b", message: halfAPair ? "Half a pair: \ud800." : "Whole.");
        await RunAsync(new Scripted("one", finding) { Scope = "" }, Everything with { KeptResultMaxBytes = maxBytes });

        Assert.False((await RunAsync(new Scripted("one", finding) { Scope = "" }, Everything with { KeptResultMaxBytes = maxBytes })).Results[0].Cached);
    }

    [Fact]
    public async Task Failures_and_what_asked_for_other_plans_are_not_kept()
    {
        Scripted Crashing() => new("one", (_, _) => throw new InvalidOperationException()) { Scope = "" };
        await RunAsync(Crashing());
        Assert.False((await RunAsync(Crashing())).Results[0].Cached);

        static Scripted Asking() => new("one", async (input, cancellation) =>
        {
            await input.Workspace.FindAsync(new PlanId("pln_9"), cancellation);
            return [];
        })
        { Scope = "" };
        await RunAsync(Asking());
        Assert.False((await RunAsync(Asking())).Results[0].Cached);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_holds_no_run_up_for_longer_than_it_may()
    {
        var silent = new SilentResults();
        var run = RunAsync(new Scripted("one", Whole) { Scope = "" }, results: silent);
        foreach (var asked in new[] { silent.Asked, silent.Kept })
        {
            await asked;
            time.Advance(Everything.KeptResultWait);
        }

        var report = await run;

        Assert.Equal((GateOutcome.Failed, false, null), (report.Outcome, report.Results[0].Cached, report.Results[0].Error));
    }

    private static Finding Whole { get; } = Gate.Finding("a.b", message: "Ünïcode 😀.") with { MessageKey = "key", SchemaLocation = "#/a" };

    private async Task<GateRunReport> RunAsync(IValidator validator, GateOptions? options = null, string text = "a: 1", IGateResults? results = null)
    {
        workspace.Rules = workspace.Rules.With(Gate.Validator("one"));
        var plan = workspace.AddPlan("pln_1", ("notes.yaml", text));
        using var runner = Gate.Runner(workspace, [validator], options ?? Everything, time, results ?? kept);
        return await runner.RunAsync(EntityKey.Of(Workspace.Id, plan.Id), workspace.Start(plan, Gate.Name), Workspace.Now, CancellationToken.None);
    }

    /// <summary>As a database behind a cut line.</summary>
    private sealed class SilentResults : IGateResults
    {
        private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => asked.Task;

        public Task Kept => told.Task;

        public async ValueTask<ReadOnlyMemory<byte>?> FindAsync(WorkspaceId workspace, string key, DateTimeOffset notBefore, CancellationToken cancellation)
        {
            asked.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellation);
            return null;
        }

        public async ValueTask KeepAsync(WorkspaceId workspace, KeptResult result, CancellationToken cancellation)
        {
            told.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellation);
        }

        public ValueTask<int> DropAsync(WorkspaceId workspace, KeptBounds bounds, CancellationToken cancellation) => new(0);
    }
}
