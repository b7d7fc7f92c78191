using Planning.Artifacts;
using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Engine.Entities;
using Planning.Engine.Gates;
using Planning.Engine.Tests.Gates.Support;
using Planning.Testing;
using Xunit;

namespace Planning.Engine.Tests.Gates;

public sealed class GateTimingTests
{
    private readonly Workspace workspace = new();
    private readonly FakeTime time = new(Workspace.Now);
    private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Plan plan;

    public GateTimingTests() => plan = workspace.AddPlan("pln_1", ("notes.yaml", "a: 1\n"));

    [Fact]
    public async Task A_validator_that_hangs_without_heeding_cancellation_is_timed_out()
    {
        using var never = new ManualResetEventSlim();
        var hanging = new Scripted("hanging", (_, _) =>
        {
            entered.SetResult();
            never.Wait(CancellationToken.None);
            return Task.FromResult<IReadOnlyList<Finding>>([]);
        });
        var report = await RunAsync(TimeSpan.FromSeconds(10), hanging, new Scripted("quick"));
        never.Set();
        Assert.Equal(GateOutcome.Failed, report.Outcome);
        Assert.Contains("did not come to an end within 10 s", report.Results[0].Error);
        Assert.Equal(10_000, report.Results[0].DurationMs);
        Assert.True(report.Results[1].Passed);
    }

    [Fact]
    public async Task A_validator_that_heeds_cancellation_is_timed_out_as_well()
    {
        var report = await RunAsync(TimeSpan.FromSeconds(10), new Scripted("slow", async (_, cancellation) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return [];
        }));
        Assert.Contains("did not come to an end within 10 s", report.Results[0].Error);
    }

    [Fact]
    public async Task A_run_ends_after_its_own_time_whatever_its_validators_are_allowed()
    {
        var report = await RunAsync(TimeSpan.FromSeconds(3), new Scripted("slow", async (_, cancellation) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return [];
        }));
        Assert.Contains("The gate run was out of time", report.Results[0].Error);
    }

    [Fact]
    public async Task A_run_that_is_no_longer_wanted_gives_no_report()
    {
        using var unwanted = new CancellationTokenSource();
        var slow = new Scripted("slow", async (_, cancellation) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return [];
        });
        workspace.Rules = workspace.Rules.With(Gate.Validator("slow"));
        using var runner = Gate.Runner(workspace, [slow], time: time);
        var run = runner.RunAsync(EntityKey.Of(Workspace.Id, plan.Id), workspace.Start(plan, Gate.Name), Workspace.Now, unwanted.Token);
        await entered.Task;
        await unwanted.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(1)]
    public async Task Validators_of_one_run_work_at_the_same_time(long largeInputBytes)
    {
        using var all = new Barrier(3);
        Scripted[] validators = [.. Enumerable.Range(1, 3).Select(i => new Scripted($"v{i}", (_, _) =>
        {
            Assert.True(all.SignalAndWait(TimeSpan.FromMinutes(5), CancellationToken.None));
            return Task.FromResult<IReadOnlyList<Finding>>([]);
        }))];
        var report = await Gate.RunAsync(workspace, plan, validators, new GateOptions { LargeInputBytes = largeInputBytes });
        Assert.Equal(GateOutcome.Passed, report.Outcome);
    }

    /// <summary>The first validator has 10 seconds; on a busy machine the others may begin after the clock has moved, and have more.</summary>
    private async Task<GateRunReport> RunAsync(TimeSpan by, params Scripted[] validators)
    {
        workspace.Rules = workspace.Rules.With([.. validators.Select((v, i) => Gate.Validator(v.Type) with { Timeout = TimeSpan.FromSeconds(i == 0 ? 10 : 60) })]);
        using var runner = Gate.Runner(workspace, validators, new GateOptions { RunTimeout = TimeSpan.FromSeconds(by.TotalSeconds < 10 ? 3 : 60) }, time);
        var run = runner.RunAsync(EntityKey.Of(Workspace.Id, plan.Id), workspace.Start(plan, Gate.Name), Workspace.Now, CancellationToken.None);
        await entered.Task;
        time.Advance(by);
        return await run;
    }
}
