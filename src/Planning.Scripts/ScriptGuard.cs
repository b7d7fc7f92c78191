using System.Collections.Concurrent;
using Planning.Engine.Gates;
using Planning.Scripts.Sandbox;
using Polly;
using Polly.CircuitBreaker;

namespace Planning.Scripts;

/// <summary>
/// A circuit breaker for each program, told by its hash: one that keeps failing costs nobody's time until it is tried again.
/// A mended program has another hash, and so a fresh start.
/// </summary>
internal sealed class ScriptGuard(ScriptOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Circuit> circuits = [];

    /// <summary>The output of a run.</summary>
    /// <param name="read">What the output must be good for; a <see cref="ValidatorFailedException"/> counts as a failure of the program.</param>
    /// <exception cref="ValidatorFailedException">The run failed, or there was none; the message says why.</exception>
    public async Task<T> RunAsync<T>(string command, string sha256, Func<Task<Ran>> run, Func<ReadOnlyMemory<byte>, T> read)
    {
        var circuit = circuits.GetOrAdd(sha256, _ => new Circuit(Pipeline()));
        try
        {
            return await circuit.Pipeline.ExecuteAsync(async _ => await run() switch
            {
                Ran.Answered answered => read(answered.Output),
                Ran.Failed failed => throw new ValidatorFailedException($"{command} has failed. {Sentence(failed.Reason)} A failure never counts as a pass."),
                var other => throw new System.Diagnostics.UnreachableException(other.ToString()),
            });
        }
        catch (ValidatorFailedException e)
        {
            circuit.LastFailure = e.Message;
            throw;
        }
        catch (BrokenCircuitException e)
        {
            var again = time.GetUtcNow() + (e.RetryAfter ?? options.BreakDuration);
            throw new ValidatorFailedException(
                $"{command} has failed too often and is not run before {again:yyyy-MM-dd HH:mm:ss}Z. Mend it, and name the hash of the mended one in gates.yaml. Its last failure: {circuit.LastFailure}", e);
        }
    }

    private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";

    private ResiliencePipeline Pipeline() => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = options.FailureRatio,
            SamplingDuration = options.SamplingDuration,
            MinimumThroughput = options.MinimumRuns,
            BreakDuration = options.BreakDuration,
            // A run that nobody waits for any more says nothing about the program.
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is ValidatorFailedException),
        })
        .Build();

    private sealed class Circuit(ResiliencePipeline pipeline)
    {
        public ResiliencePipeline Pipeline => pipeline;

        public string LastFailure { get; set; } = "unknown.";
    }
}
