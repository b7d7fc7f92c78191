using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace Planning.Engine.Notifications;

/// <summary>
/// What stands around one target, from the outside in: a bulkhead, a circuit breaker, a time-out. Nothing here tries
/// again: that is the queue's part, which survives this process.
/// </summary>
internal sealed class TargetGuard
{
    private readonly ResiliencePipeline<Delivery> pipeline;
    private readonly CircuitBreakerStateProvider circuit = new();
    private readonly NotificationOptions options;

    public TargetGuard(NotificationOptions options, TimeProvider time)
    {
        this.options = options;
        pipeline = new ResiliencePipelineBuilder<Delivery> { TimeProvider = time }
            .AddConcurrencyLimiter(options.MaxConcurrentPerTarget, queueLimit: options.MaxBatch)
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Delivery>
            {
                FailureRatio = options.FailureRatio,
                SamplingDuration = options.SamplingDuration,
                MinimumThroughput = options.MinimumTries,
                BreakDuration = options.BreakDuration,
                StateProvider = circuit,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is not null || args.Outcome.Result is Delivery.Failed),
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = options.Timeout })
            .Build();
    }

    public bool IsOpen => circuit.CircuitState is CircuitState.Open;

    /// <returns>Null when the target is left alone, and nothing was sent; for how long is in the second value.</returns>
    /// <param name="stop">What has not begun by then does not begin; what has begun is waited for.</param>
    public async ValueTask<(Delivery? Delivery, TimeSpan Wait)> SendAsync(IChannel channel, ChannelTarget target, Notification notification, CancellationToken stop)
    {
        try
        {
            var delivery = await pipeline.ExecuteAsync(
                async tooLate =>
                {
                    stop.ThrowIfCancellationRequested();
                    // A channel that does not listen to its token must not hold up the others.
                    return await channel.SendAsync(target, notification, tooLate).AsTask().WaitAsync(tooLate);
                },
                CancellationToken.None);
            return (delivery, default);
        }
        catch (BrokenCircuitException open)
        {
            return (null, open.RetryAfter ?? options.BreakDuration);
        }
        catch (TimeoutRejectedException)
        {
            return (new Delivery.Failed($"It has not answered within {options.Timeout.TotalSeconds:0.#} s."), default);
        }
        // What a channel throws is a mistake in it; to the target's queue it is one more failure.
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            return (new Delivery.Failed($"{e.GetType().Name}: {e.Message}"), default);
        }
    }
}
