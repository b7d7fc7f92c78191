using Planning.Client.Http;
using Planning.Contracts;

namespace Planning.Client;

/// <summary>The way of a plan through its states.</summary>
public sealed class TransitionsClient
{
    /// <summary>One request waits no longer, so that nothing in between cuts it.</summary>
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(30);

    private readonly Transport transport;

    internal TransitionsClient(Transport transport) => this.transport = transport;

    /// <summary>Requests a transition and returns at once: moved, or pending while its gate runs.</summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<TransitionView> RequestAsync(string planId, string trigger, string? reason = null, CommandOptions? command = null, CancellationToken cancellation = default) =>
        SendAsync(planId, trigger, reason, command, wait: null, cancellation);

    /// <summary>Requests a transition and waits for its gate, for as long as the caller has patience. One logical command, however often it is asked.</summary>
    /// <param name="patience">Two minutes where none is given.</param>
    /// <exception cref="PlanningApiException">Refused, or <c>transition_blocked</c> with everything that stands in the way.</exception>
    /// <exception cref="TimeoutException">The gate is still running; the plan's pending transition names its run.</exception>
    public async Task<TransitionView> RequestAndWaitAsync(
        string planId, string trigger, string? reason = null, TimeSpan? patience = null, CommandOptions? command = null, CancellationToken cancellation = default)
    {
        var sure = (command ?? new CommandOptions()) with { IdempotencyKey = command?.IdempotencyKey ?? Guid.CreateVersion7(transport.Time.GetUtcNow()).ToString() };
        var started = transport.Time.GetTimestamp();
        var limit = patience ?? TimeSpan.FromMinutes(2);
        while (true)
        {
            var left = limit - transport.Time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
                throw new TimeoutException($"The gate of {trigger} still runs for plan {planId} after {limit}.");
            var transition = await SendAsync(planId, trigger, reason, sure, left < LongestRequest ? left : LongestRequest, cancellation);
            if (transition.Outcome != "pending")
                return transition;
        }
    }

    private Task<TransitionView> SendAsync(string planId, string trigger, string? reason, CommandOptions? command, TimeSpan? wait, CancellationToken cancellation) =>
        transport.CommandAsync(
            HttpMethod.Post, Paths.Plan(planId, "/transitions"), new TransitionRequest(trigger, reason),
            json => json.TransitionRequest, json => json.TransitionView, command, cancellation, wait);
}
