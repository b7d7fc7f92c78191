using Microsoft.Extensions.Logging;
using Planning.Artifacts;
using Planning.Domain;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates.Kept;
using Planning.Engine.Reactors;

namespace Planning.Engine.Gates;

/// <summary>Runs single validators: checks their parameters, watches their time, and makes whatever goes wrong a failure.</summary>
internal sealed partial class ValidatorBench(IEnumerable<IValidator> validators, KeptResults kept, GateOptions options, TimeProvider time, ILogger logger)
{
    private const int BytesPerFinding = 600;

    private readonly Dictionary<string, IValidator> byType = validators.ToDictionary(v => v.Type);
    private readonly BoundedCache<string, IReadOnlyList<Finding>> results = new(options.ResultCacheBytes);

    /// <param name="plans">The other plans as this one check sees them.</param>
    /// <param name="run">Ends when the whole run is out of time or no longer wanted.</param>
    public async Task<Check> CheckAsync(
        WorkspaceId workspace, GateInput input, string artifactsHash, ValidatorDefinition definition, WorkspacePlans plans, CancellationToken run)
    {
        var start = time.GetTimestamp();
        if (!byType.TryGetValue(definition.Type, out var validator))
        {
            return Failed(definition, "", "", start,
                $"There is no validator of type '{definition.Type}'. Name one of {string.Join(", ", byType.Keys.Order(StringComparer.Ordinal))} in gates.yaml.");
        }
        if (ValidatorParameter.Problems(validator, definition).ToArray() is { Length: > 0 } problems)
            return Failed(definition, validator.Version, "", start, $"{string.Join(" ", problems)} Mend the validator's entry in gates.yaml.");

        var parametersHash = CacheKeys.OfParameters(definition);
        var key = validator.CacheScope(input, definition) is { } scope ? CacheKeys.OfCheck(workspace, validator, parametersHash, scope, artifactsHash) : null;
        if (key is not null && results.TryGet(key, out var known))
            return new Check(definition, validator.Version, parametersHash, known, null, time.GetElapsedTime(start), Cached: true);
        var shared = key is not null && kept.AreFor(input);
        if (shared && await kept.FindAsync(workspace, validator, key!, run) is { } found)
        {
            results.Add(key!, found, SizeOf(found));
            return new Check(definition, validator.Version, parametersHash, found, null, time.GetElapsedTime(start), Cached: true);
        }

        var (findings, error) = await WatchAsync(validator, input with { Workspace = plans }, definition, run);
        if (error is not null)
            return Failed(definition, validator.Version, parametersHash, start, error) with { Findings = findings };
        if (key is not null && !plans.WasAsked)
        {
            results.Add(key, findings, SizeOf(findings));
            if (shared)
                await kept.KeepAsync(workspace, validator, key, findings, run);
        }
        return new Check(definition, validator.Version, parametersHash, findings, null, time.GetElapsedTime(start), Cached: false);
    }

    private static long SizeOf(IReadOnlyList<Finding> findings) => 200 + ((long)findings.Count * BytesPerFinding);

    private Check Failed(ValidatorDefinition definition, string version, string parametersHash, long start, string error) =>
        new(definition, version, parametersHash, [], error, time.GetElapsedTime(start), Cached: false);

    private async Task<(IReadOnlyList<Finding> Findings, string? Error)> WatchAsync(
        IValidator validator, GateInput input, ValidatorDefinition definition, CancellationToken run)
    {
        // Not disposed when the validator does not come back: it may still look at its token.
        var limit = new CancellationTokenSource(definition.Timeout, time);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, run);
        var work = Start(validator, input, definition, stop.Token);
        await ((Task)work).WaitAsync(stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (work.IsCompleted)
        {
            stop.Dispose();
            limit.Dispose();
        }
        else
        {
            // Whatever it says later is of no interest, but must not surface as an unobserved exception.
            _ = work.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
        if (work.IsCompletedSuccessfully)
            return Bounded(await work);
        if (work.Exception?.InnerException is { } thrown and not OperationCanceledException)
            return ([], Crashed(definition, thrown));
        if (run.IsCancellationRequested)
            return ([], "The gate run was out of time before this validator came to an end. Make the artifacts smaller, or raise the run's time-out.");
        return ([], limit.IsCancellationRequested
            ? $"It did not come to an end within {definition.Timeout.TotalSeconds:0.###} s. Make the artifacts smaller, or raise timeout_seconds in gates.yaml."
            : "It gave up by itself. Request the transition again; if it happens again, report it with the id of this run.");
    }

    /// <summary>Large inputs get a thread of their own: the pool's few threads serve everybody's commands.</summary>
    private Task<IReadOnlyList<Finding>> Start(IValidator validator, GateInput input, ValidatorDefinition definition, CancellationToken cancellation) =>
        Task.Factory.StartNew(
            () => validator.ValidateAsync(input, definition, cancellation).AsTask(),
            CancellationToken.None,
            input.Artifacts.Sum(a => (long)a.Content.Bytes.Length) >= options.LargeInputBytes ? TaskCreationOptions.LongRunning : TaskCreationOptions.None,
            TaskScheduler.Default).Unwrap();

    /// <exception cref="ReactionFailedException">Other plans cannot be read now: the run is no verdict and is tried again.</exception>
    private string Crashed(ValidatorDefinition definition, Exception thrown)
    {
        switch (thrown)
        {
            case ReactionFailedException:
                throw new ReactionFailedException(thrown.Message, thrown);
            case GateInputException or ValidatorFailedException:
                return thrown.Message;
            default:
                ValidatorCrashed(logger, definition.Name, thrown);
                return $"It crashed ({thrown.GetType().Name}: {thrown.Message}). Report it with the id of this run; a crash never counts as a pass.";
        }
    }

    /// <summary>
    /// Findings that are not listed cannot be judged or waived: whoever has more than fit has failed, whether the bound is
    /// the run's or that of a reader.
    /// </summary>
    private (IReadOnlyList<Finding> Findings, string? Error) Bounded(IReadOnlyList<Finding> findings)
    {
        if (findings.Count > options.MaxFindingsPerValidator)
        {
            return ([.. findings.Take(options.MaxFindingsPerValidator)],
                $"It reports {findings.Count} findings; max_findings_per_validator is {options.MaxFindingsPerValidator}. Mend those that are listed, then request the transition again.");
        }
        return findings.FirstOrDefault(f => f.Rule == Rules.MaxFindings) is { } cut
            ? (findings, $"{cut.File} has more findings than are listed. Mend those that are listed, then request the transition again.")
            : (findings, null);
    }

    [LoggerMessage(EventId = 1401, Level = LogLevel.Error, Message = "Validator {Validator} crashed")]
    private static partial void ValidatorCrashed(ILogger logger, string validator, Exception e);
}
