using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Engine.Entities;
using Planning.Engine.Log;
using Planning.Engine.Reactors;
using Planning.Engine.Tests.Gates.Support;
using Xunit;

namespace Planning.Engine.Tests.Gates;

public sealed class GateReactorTests
{
    private readonly Workspace workspace = new();
    private readonly Plan plan;

    public GateReactorTests()
    {
        workspace.Rules = workspace.Rules.With(Gate.Validator("one"));
        plan = workspace.AddPlan("pln_1", ("notes.yaml", "a: 1\n"));
    }

    [Fact]
    public async Task A_run_that_was_asked_for_is_run_and_its_outcome_recorded()
    {
        await ReactAsync(new Scripted("one"), workspace.Start(plan, Gate.Name));
        Assert.Equal(GateOutcome.Passed, workspace.ReportOf("gtr_1")!.Outcome);
        Assert.Equal(new PlanId("pln_1"), workspace.ReportOf("gtr_1")!.PlanId);
    }

    [Fact]
    public async Task A_run_that_nobody_waits_for_any_more_is_aborted_unheard()
    {
        var validator = new Scripted("one");
        var started = workspace.Start(plan, Gate.Name);
        workspace.Set(EntityKey.Of(Workspace.Id, plan.Id), plan with { Status = PlanStatus.Withdrawn });
        await ReactAsync(validator, started);
        Assert.Equal(GateOutcome.Aborted, workspace.ReportOf("gtr_1")!.Outcome);
        Assert.Equal(0, validator.Calls);
    }

    [Fact]
    public async Task A_stale_reading_of_the_plan_aborts_nothing()
    {
        var started = workspace.Start(plan, Gate.Name);
        workspace.Set(EntityKey.Of(Workspace.Id, plan.Id), plan);
        await Assert.ThrowsAsync<ReactionFailedException>(() => ReactAsync(new Scripted("one"), started, version: 99));
        Assert.Null(workspace.ReportOf("gtr_1"));
    }

    [Fact]
    public async Task Run_again_after_a_crash_the_first_outcome_stands()
    {
        var started = workspace.Start(plan, Gate.Name);
        await ReactAsync(new Scripted("one"), started);
        workspace.Set(EntityKey.Of(Workspace.Id, plan.Id), plan);
        await ReactAsync(new Scripted("one", Gate.Finding("a.b")), started);
        Assert.Equal(GateOutcome.Passed, workspace.ReportOf("gtr_1")!.Outcome);
    }

    [Fact]
    public async Task Given_up_the_run_fails_and_says_why()
    {
        using var runner = Gate.Runner(workspace, []);
        var reactor = new GateReactor(workspace, runner);
        await reactor.GiveUpAsync(Stored(workspace.Start(plan, Gate.Name), 1), new IOException("The blobs are away."), CancellationToken.None);
        var report = workspace.ReportOf("gtr_1")!;
        Assert.Equal(GateOutcome.Failed, report.Outcome);
        Assert.Contains("The blobs are away.", Assert.Single(report.Results).Error);
    }

    private async Task ReactAsync(Scripted validator, PlanEvent.GateStarted started, long version = 1)
    {
        using var runner = Gate.Runner(workspace, [validator]);
        await new GateReactor(workspace, runner).ReactAsync(Stored(started, version), CancellationToken.None);
    }

    private static StoredEvent Stored(PlanEvent.GateStarted started, long version)
    {
        var encoded = EventCodec.Encode(started, "evt_1");
        return new StoredEvent(
            0, version, EntityKey.Of(Workspace.Id, new PlanId("pln_1")), version, "evt_1", encoded.Type, encoded.SchemaVersion, encoded.Data,
            ReadOnlyMemory<byte>.Empty, "cmd_1", 0, Workspace.Now);
    }
}
