using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Blobs;
using Planning.Engine.Entities;
using Planning.Engine.Gates.Kept;
using Planning.Engine.Reads;

namespace Planning.Engine.Gates;

/// <summary>
/// Judges one gate run:
/// <list type="number">
/// <item>load what the run saw: rulebook and artifacts by hash, the plan as it is while it waits for the run</item>
/// <item>run all validators of the gate side by side, each within its time; what crashes or hangs has failed</item>
/// <item>apply waivers, sort, and write the report; every finding goes into it</item>
/// </list>
/// The same run judged twice gives the same report but for durations, and for what a cache saved.
/// </summary>
public sealed class GateRunner : IDisposable
{
    private readonly IEntityHost host;
    private readonly IRulebooks rulebooks;
    private readonly IReadModels reads;
    private readonly GateOptions options;
    private readonly TimeProvider time;
    private readonly ArtifactLoader loader;
    private readonly ValidatorBench bench;
    private readonly GateReports reports;
    private readonly SemaphoreSlim turns;
    private readonly SemaphoreSlim tryTurns;

    /// <exception cref="ArgumentException">An option is out of range, or two validators have one type.</exception>
    public GateRunner(
        IEntityHost host, IBlobStore blobs, IRulebooks rulebooks, IReadModels reads, IGateResults results, IReadOnlyCollection<IValidator> validators,
        GateOptions options, TimeProvider time, ILogger<GateRunner> logger)
    {
        if (options.Problem() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        (this.host, this.rulebooks, this.reads, this.options, this.time) = (host, rulebooks, reads, options, time);
        loader = new ArtifactLoader(blobs, options, time);
        bench = new ValidatorBench(validators, new KeptResults(results, validators, options, time, logger), options, time, logger);
        reports = new GateReports(blobs, options);
        turns = new SemaphoreSlim(options.MaxConcurrentRuns);
        tryTurns = new SemaphoreSlim(options.MaxConcurrentTries);
    }

    /// <summary>Estimated bytes of parsed artifacts that are kept in memory.</summary>
    public long KeptBytes => loader.KeptBytes;

    /// <param name="plan">The plan that waits for the run.</param>
    /// <param name="at">When the run was asked for.</param>
    /// <exception cref="Log.LogUnavailableException">The plan cannot be read now.</exception>
    /// <exception cref="Reactors.ReactionFailedException">Other plans cannot be read now.</exception>
    public Task<GateRunReport> RunAsync(EntityKey plan, PlanEvent.GateStarted started, DateTimeOffset at, CancellationToken cancellation) => InTurnAsync(
        turns, plan, started, stop => RulesAsync(plan.Workspace, started.RulebookHash, stop), at,
        (checks, took) => reports.KeepAsync(plan, started, at, checks, took, cancellation), cancellation);

    /// <summary>Judges as a run would, under rules that need not hold, and keeps nothing. Such tries have turns of their own.</summary>
    /// <param name="asIf">The request that nobody made.</param>
    /// <param name="at">The moment for which the plan is judged.</param>
    /// <exception cref="Log.LogUnavailableException">The plan cannot be read now.</exception>
    /// <exception cref="Reactors.ReactionFailedException">Other plans cannot be read now.</exception>
    public Task<GateRunReport> TryAsync(EntityKey plan, PlanEvent.GateStarted asIf, Rulebook rules, DateTimeOffset at, CancellationToken cancellation) => InTurnAsync(
        tryTurns, plan, asIf, _ => Task.FromResult(rules), at,
        (checks, took) => Task.FromResult(reports.Judge(plan, asIf, at, checks, took).Report), cancellation);

    public void Dispose()
    {
        turns.Dispose();
        tryTurns.Dispose();
    }

    private async Task<GateRunReport> InTurnAsync(
        SemaphoreSlim turn, EntityKey plan, PlanEvent.GateStarted started, Func<CancellationToken, Task<Rulebook>> rules, DateTimeOffset at,
        Func<IReadOnlyList<Check>, Func<TimeSpan>, Task<GateRunReport>> report, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            var start = time.GetTimestamp();
            using var limit = new CancellationTokenSource(options.RunTimeout, time);
            using var run = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
            try
            {
                var (input, gate) = await LoadAsync(plan, started, await rules(run.Token), at, run.Token);
                var artifacts = CacheKeys.OfArtifacts(input.Artifacts);
                var checks = await Task.WhenAll(gate.Validators.Select(v => bench.CheckAsync(
                    plan.Workspace, input, artifacts, v, new WorkspacePlans(plan.Workspace, host, reads, loader), run.Token)));
                cancellation.ThrowIfCancellationRequested();
                return await report(checks, () => time.GetElapsedTime(start));
            }
            catch (GateInputException e)
            {
                return GateReports.Failed(new PlanId(plan.Id), started, e.Message, time.GetElapsedTime(start));
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                var reason = $"The artifacts could not be loaded within {options.RunTimeout.TotalSeconds:0.###} s, the time of a whole run. Request the transition again.";
                return GateReports.Failed(new PlanId(plan.Id), started, reason, time.GetElapsedTime(start));
            }
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<(GateInput Input, GateDefinition Gate)> LoadAsync(
        EntityKey planKey, PlanEvent.GateStarted started, Rulebook rules, DateTimeOffset at, CancellationToken cancellation)
    {
        var gate = rules.Gates.FirstOrDefault(g => g.Name == started.Gate)
            ?? throw new GateInputException($"Rulebook {rules.Hash} has no gate '{started.Gate}'. Activate a rulebook that has it, then request the transition again.");
        var plan = (Plan)(await host.ReadAsync(planKey, cancellation)).State;
        var artifacts = await ArtifactsAsync(planKey.Workspace, plan, started, cancellation);
        var bookings = await new PlanBookings(planKey.Workspace, host, reads).OfAsync(plan.Id, at, cancellation);
        return (new GateInput(plan, artifacts, rules, at, new WorkspacePlans(planKey.Workspace, host, reads, loader)) { Bookings = bookings }, gate);
    }

    private async Task<Rulebook> RulesAsync(WorkspaceId workspace, ContentHash hash, CancellationToken cancellation)
    {
        try
        {
            return await rulebooks.ByHashAsync(workspace, hash, cancellation);
        }
        catch (KeyNotFoundException e)
        {
            throw new GateInputException($"Rulebook {hash} is not known in this workspace. Activate a rulebook, then request the transition again.", e);
        }
    }

    private async Task<ImmutableArray<GateArtifact>> ArtifactsAsync(
        WorkspaceId workspace, Plan plan, PlanEvent.GateStarted started, CancellationToken cancellation)
    {
        var size = started.Artifacts.Keys.Sum(name => plan.Artifacts.GetValueOrDefault(name)?.SizeBytes ?? 0);
        if (size > options.MaxInputBytes)
            throw new GateInputException($"The artifacts have {size} bytes together; max_input_bytes is {options.MaxInputBytes}. Split the plan, or raise the limit.");

        var artifacts = ImmutableArray.CreateBuilder<GateArtifact>(started.Artifacts.Count);
        var missing = new List<string>();
        foreach (var (name, hash) in started.Artifacts.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            var evidence = plan.Artifacts.GetValueOrDefault(name)?.Evidence ?? false;
            if (await loader.LoadAsync(workspace, name, hash, evidence, cancellation) is { } artifact)
                artifacts.Add(artifact);
            else
                missing.Add($"{name} ({hash})");
        }
        if (missing.Count > 0)
            throw new GateInputException($"Missing or damaged: {string.Join(", ", missing)}. Restore from the backup copy, or attach again.");
        return artifacts.ToImmutable();
    }
}
