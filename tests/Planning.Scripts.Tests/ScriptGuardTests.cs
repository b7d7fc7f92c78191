using Planning.Engine.Gates;
using Planning.Scripts.Sandbox;
using Planning.Scripts.Tests.Support;
using Planning.Testing;

namespace Planning.Scripts.Tests;

public sealed class ScriptGuardTests
{
    private static readonly ScriptOptions Options = new();
    private readonly FakeTime time = new();
    private readonly ScriptGuard guard;
    private int runs;

    public ScriptGuardTests() => guard = new ScriptGuard(Options, time);

    [Fact]
    public async Task A_program_that_keeps_failing_is_not_run_for_a_while_and_the_reason_is_told()
    {
        for (var run = 0; run < Options.MinimumRuns; run++)
            await FailAsync("crash");

        var message = (await Assert.ThrowsAsync<ValidatorFailedException>(() => RunAsync(Good))).Message;

        Assert.Equal(
            "a.py has failed too often and is not run before 2026-01-05 08:05:00Z. Mend it, and name the hash of the mended one in gates.yaml. "
            + "Its last failure: a.py has failed. It ended with exit code 3. A failure never counts as a pass.",
            message);
        Assert.Equal(Options.MinimumRuns, runs);
    }

    [Fact]
    public async Task When_its_time_is_over_one_good_run_closes_the_circuit()
    {
        for (var run = 0; run < Options.MinimumRuns; run++)
            await FailAsync("crash");
        time.Advance(Options.BreakDuration);

        Assert.Equal(0, await RunAsync(Good));
        Assert.Equal(0, await RunAsync(Good));
    }

    [Fact]
    public async Task When_its_time_is_over_one_bad_run_opens_it_again()
    {
        for (var run = 0; run < Options.MinimumRuns; run++)
            await FailAsync("crash");
        time.Advance(Options.BreakDuration);
        await FailAsync("crash");

        Assert.Contains("failed too often", (await Assert.ThrowsAsync<ValidatorFailedException>(() => RunAsync(Good))).Message);
    }

    [Fact]
    public async Task Another_program_has_a_circuit_of_its_own()
    {
        for (var run = 0; run < Options.MinimumRuns; run++)
            await FailAsync("crash");

        Assert.Equal(0, await RunAsync(Good, "mended"));
    }

    [Fact]
    public async Task Output_that_cannot_be_used_counts_as_a_failure()
    {
        for (var run = 0; run < Options.MinimumRuns; run++)
            await Assert.ThrowsAsync<ValidatorFailedException>(() => guard.RunAsync<int>("a.py", "crash", Good, _ => throw new ValidatorFailedException("No JSON.")));

        Assert.EndsWith("Its last failure: No JSON.", (await Assert.ThrowsAsync<ValidatorFailedException>(() => RunAsync(Good, "crash"))).Message);
    }

    [Fact]
    public async Task Runs_that_were_not_wanted_any_more_count_for_nothing()
    {
        for (var run = 0; run < Options.MinimumRuns * 2; run++)
            await Assert.ThrowsAsync<OperationCanceledException>(() => RunAsync(() => throw new OperationCanceledException()));

        Assert.Equal(0, await RunAsync(Good));
    }

    [ScriptFact]
    public async Task A_real_program_that_crashes_is_left_alone_until_the_clock_has_moved()
    {
        using var bench = new ScriptBench(time);
        var definition = bench.Write("#!/bin/sh\ncase $(cat) in *good*) printf '{\"version\": 1, \"findings\": []}' ;; *) exit 3 ;; esac\n");
        for (var run = 0; run < Options.MinimumRuns; run++)
            Assert.Contains("exit code 3", await bench.FailureAsync(definition));
        Assert.Contains("failed too often", await bench.FailureAsync(definition, ScriptBench.Input("a good plan")));

        time.Advance(Options.BreakDuration);

        Assert.Empty(await bench.RunAsync(definition, ScriptBench.Input("a good plan")));
    }

    private static Task<Ran> Good() => Task.FromResult<Ran>(new Ran.Answered(default));

    private async Task FailAsync(string sha256) => Assert.Contains(
        "It ended with exit code 3.",
        (await Assert.ThrowsAsync<ValidatorFailedException>(() => RunAsync(() => Task.FromResult<Ran>(new Ran.Failed("It ended with exit code 3")), sha256))).Message);

    private Task<int> RunAsync(Func<Task<Ran>> run, string sha256 = "crash") => guard.RunAsync(
        "a.py", sha256,
        () =>
        {
            runs++;
            return run();
        },
        output => output.Length);
}
