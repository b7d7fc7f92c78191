using Planning.Client.Http;
using Planning.Contracts;

namespace Planning.Client;

/// <summary>The way of a plan through its states.</summary>
public sealed class TransitionsClient
{
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromMinutes(2);

    private readonly Transport transport;

    internal TransitionsClient(Transport transport) => this.transport = transport;

    /// <summary>Requests a transition and returns at once: moved, or pending while its gate runs.</summary>
    /// <param name="trigger">Such as <c>validate_complete</c>; the plan lists those that are allowed.</param>
    /// <param name="reason">Needed for withdraw, validation_failed and execution_failed.</param>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<TransitionView> RequestAsync(string planId, string trigger, string? reason = null, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(RequestOf(planId, trigger, reason, command), json => json.TransitionView, cancellation);

    /// <summary>Requests a transition and waits for its gate, for callers who take nothing but the new state.</summary>
    /// <param name="patience">Two minutes where none is given.</param>
    /// <exception cref="PlanningApiException">Refused, or <c>transition_blocked</c> with everything that stands in the way.</exception>
    /// <exception cref="TimeoutException">The gate is still running; the plan's pending transition names its run.</exception>
    public async Task<TransitionView> RequestAndWaitAsync(
        string planId, string trigger, string? reason = null, TimeSpan? patience = null, CommandOptions? command = null, CancellationToken cancellation = default) =>
        await OutcomeOfAsync(planId, trigger, reason, patience, command, cancellation) switch
        {
            TransitionResult.Moved moved => moved.Transition,
            TransitionResult.Stayed stayed => throw new PlanningApiException(stayed.Problem),
            TransitionResult.Pending { Transition: var t } => throw new TimeoutException(
                $"The gate {t.Gate} still runs for {trigger} of plan {planId} after {patience ?? DefaultPatience}. Wait longer, or read the gate run {t.GateRunId} later."),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Requests a transition and waits for its gate, for as long as the caller has patience. One logical command, however often it is asked.</summary>
    /// <param name="patience">Two minutes where none is given; zero looks once.</param>
    /// <returns>Moved, stayed with everything that stands in the way, or pending when patience ran out.</returns>
    /// <exception cref="PlanningApiException">Refused: the trigger is unknown, not allowed now, or not the caller's to pull.</exception>
    public async Task<TransitionResult> OutcomeOfAsync(
        string planId, string trigger, string? reason = null, TimeSpan? patience = null, CommandOptions? command = null, CancellationToken cancellation = default)
    {
        // The same command again under its key is answered with its own outcome, so that waiting takes no other request,
        // and what happens to the plan meanwhile is not mistaken for it.
        var request = RequestOf(planId, trigger, reason, command);
        var started = transport.Time.GetTimestamp();
        var limit = patience ?? DefaultPatience;
        var abandoned = false;
        while (true)
        {
            var wait = Min(transport.Options.LongPoll, Left());
            var asked = transport.Time.GetTimestamp();
            var result = await SendAsync(request with { Wait = wait }, cancellation);
            if (result is not TransitionResult.Pending pending)
                return result;
            if (abandoned)
                return Abandoned(pending.Transition);
            abandoned = !await AwaitsAsync(planId, pending.Transition.GateRunId, cancellation);
            if (abandoned)
                continue;
            if (Left() <= TimeSpan.Zero)
                return pending;
            if (transport.Time.GetElapsedTime(asked) < wait / 2)
                await Task.Delay(Min(transport.Options.PollInterval, Left()), transport.Time, cancellation);
        }

        TimeSpan Left() => limit - transport.Time.GetElapsedTime(started) is { Ticks: > 0 } left ? left : TimeSpan.Zero;
    }

    private ApiRequest RequestOf(string planId, string trigger, string? reason, CommandOptions? command) => transport.Command(
        HttpMethod.Post, Paths.Plan(planId, "/transitions"), new TransitionRequest(trigger, reason), json => json.TransitionRequest, command);

    private async Task<TransitionResult> SendAsync(ApiRequest request, CancellationToken cancellation)
    {
        var answer = await transport.SendAsync(request, cancellation);
        if (answer.Status == 409 && Failures.ProblemOf(answer) is { Code: "transition_blocked" } blocked)
            return new TransitionResult.Stayed(blocked);
        var view = Transport.Value(request, answer, json => json.TransitionView);
        return view.Outcome switch
        {
            "moved" => new TransitionResult.Moved(view),
            "pending" => new TransitionResult.Pending(view),
            _ => throw Failures.Unreadable(request, answer, $"it names the outcome '{view.Outcome}'."),
        };
    }

    /// <summary>
    /// A plan that does not wait for the run has taken up its outcome, which the next answer tells; or it never will, as after a withdrawal.
    /// </summary>
    private async Task<bool> AwaitsAsync(string planId, string? gateRunId, CancellationToken cancellation) =>
        (await transport.GetAsync(Paths.Plan(planId), json => json.PlanView, cancellation)).Pending is { } pending && pending.GateRunId == gateRunId;

    private static TransitionResult.Stayed Abandoned(TransitionView t) => new(new Problem(
        "about:blank", "Transition abandoned", 409, $"Plan {t.PlanId} no longer waits for the gate run {t.GateRunId}, as after a withdrawal. Read the plan to see where it stands.",
        "transition_abandoned", [], GateRunId: t.GateRunId));

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
