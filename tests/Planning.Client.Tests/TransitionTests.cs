using Microsoft.AspNetCore.Http;
using Planning.Client.Tests.Support;
using Planning.Contracts;

namespace Planning.Client.Tests;

/// <summary>A transition is requested once, and its own outcome waited for.</summary>
public sealed class TransitionTests
{
    private static readonly Func<HttpContext, Task> Pending = Steps.Json(Samples.Transition("pending"), json => json.TransitionView, 202);
    private static readonly Func<HttpContext, Task> Moved = Steps.Json(Samples.Transition("moved"), json => json.TransitionView);
    private static readonly Func<HttpContext, Task> Running = Steps.Json(Samples.Run("running"), json => json.GateRunView);
    private static readonly Func<HttpContext, Task> Idle = Steps.Json(Samples.Plan(), json => json.PlanView);

    private static readonly Func<HttpContext, Task> Awaits = Steps.Json(
        Samples.Plan() with { Pending = new PendingTransitionView("validate_complete", "schema_lint", "gtr_1", "PLANNED", "READY_FOR_HANDOFF", "ada") }, json => json.PlanView);

    private static readonly Func<HttpContext, Task> Blocked = Steps.Text(
        409,
        """
        {"type":"x","title":"Transition blocked","status":409,"detail":"The plan stays PLANNED.","code":"transition_blocked","gate_run_id":"gtr_1",
         "errors":[{"code":"cycle","message":"A depends on A.","source":"dependency_graph"}]}
        """,
        "application/problem+json");

    [Fact]
    public async Task Waiting_repeats_one_command_under_one_key_until_its_outcome()
    {
        await using var server = await ScriptedServer.StartAsync(Pending, Awaits, Pending, Awaits, Moved);
        using var client = server.Client();

        var moved = Assert.IsType<TransitionResult.Moved>(await client.Transitions.OutcomeOfAsync("pln_1", "validate_complete"));

        Assert.Equal("READY_FOR_HANDOFF", moved.Transition.To);
        var commands = server.Requests.Where(r => r.Method == "POST").ToList();
        Assert.Equal(3, commands.Count);
        Assert.Single(commands.Select(c => (c.Key, Convert.ToHexString(c.Body))).Distinct());
        Assert.All(commands, c => Assert.Equal("wait=30", c.Header("Prefer")));
    }

    [Fact]
    public async Task A_plan_that_stays_says_all_that_stands_in_the_way()
    {
        await using var server = await ScriptedServer.StartAsync(Pending, Awaits, Blocked);
        using var client = server.Client();

        var stayed = Assert.IsType<TransitionResult.Stayed>(await client.Transitions.OutcomeOfAsync("pln_1", "validate_complete"));

        Assert.Equal("gtr_1", stayed.GateRunId);
        Assert.Equal("dependency_graph", Assert.Single(stayed.Blockers).Source);
    }

    [Fact]
    public async Task A_gate_that_the_plan_no_longer_waits_for_is_not_waited_for()
    {
        await using var server = await ScriptedServer.StartAsync(Pending, Idle, Pending);
        using var client = server.Client();

        var stayed = Assert.IsType<TransitionResult.Stayed>(await client.Transitions.OutcomeOfAsync("pln_1", "validate_complete"));

        Assert.Equal(("transition_abandoned", "gtr_1"), (stayed.Problem.Code, stayed.GateRunId));
    }

    [Fact]
    public async Task An_outcome_that_comes_between_two_looks_is_not_missed()
    {
        await using var server = await ScriptedServer.StartAsync(Pending, Idle, Moved);
        using var client = server.Client();

        Assert.IsType<TransitionResult.Moved>(await client.Transitions.OutcomeOfAsync("pln_1", "validate_complete", patience: TimeSpan.Zero));
    }

    [Fact]
    public async Task Patience_that_runs_out_leaves_the_transition_pending()
    {
        await using var server = await ScriptedServer.StartAsync(Pending, Awaits);
        using var client = server.Client();

        var pending = Assert.IsType<TransitionResult.Pending>(await client.Transitions.OutcomeOfAsync("pln_1", "validate_complete", patience: TimeSpan.Zero));

        Assert.Equal("gtr_1", pending.Transition.GateRunId);
        Assert.Equal("wait=0", server.Requests[0].Header("Prefer"));
    }

    [Fact]
    public async Task Callers_who_take_nothing_but_the_new_state_get_an_exception_for_all_else()
    {
        await using var blocked = await ScriptedServer.StartAsync(Blocked);
        await using var pending = await ScriptedServer.StartAsync(Pending, Awaits);

        var stayed = await Assert.ThrowsAsync<PlanningApiException>(() => blocked.Client().Transitions.RequestAndWaitAsync("pln_1", "validate_complete"));
        var late = await Assert.ThrowsAsync<TimeoutException>(() => pending.Client().Transitions.RequestAndWaitAsync("pln_1", "validate_complete", patience: TimeSpan.Zero));

        Assert.Equal("transition_blocked", stayed.Code);
        Assert.Contains("gtr_1", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_no_outcome()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Refusal(409, "transition_not_allowed"));
        using var client = server.Client();

        Assert.Equal(
            "transition_not_allowed", (await Assert.ThrowsAsync<PlanningApiException>(() => client.Transitions.OutcomeOfAsync("pln_1", "begin_execution"))).Code);
    }

    [Fact]
    public async Task Waiting_outlasts_a_server_that_restarts()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Drop, Pending, Awaits, Steps.DropInTheAnswer, Steps.Refusal(503), Moved);
        using var client = server.Client();

        Assert.IsType<TransitionResult.Moved>(await client.Transitions.OutcomeOfAsync("pln_1", "validate_complete"));
    }

    [Fact]
    public async Task A_run_that_no_transition_began_is_waited_for_until_its_plan_has_taken_it_up()
    {
        var plan = Samples.Plan() with { Pending = new PendingTransitionView("update_plan", "cross_stream_consistency", "gtr_1", "PACKAGED", "PACKAGED", "ada") };
        await using var server = await ScriptedServer.StartAsync(
            Running,
            Steps.Json(Samples.Run("passed"), json => json.GateRunView), Steps.Json(plan, json => json.PlanView),
            Steps.Json(Samples.Run("passed"), json => json.GateRunView), Steps.Json(plan with { Pending = null, Position = 9 }, json => json.PlanView));
        using var client = server.Client();

        Assert.Equal("passed", (await client.GateRuns.WaitAsync("pln_1", "gtr_1")).Outcome);

        Assert.Equal(9, client.LastPosition);
    }
}
