using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Governance;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Entities;
using Planning.Engine.Gates;
using Planning.Engine.Log;
using Planning.Engine.Reactors;

namespace Planning.Engine.Rulebooks;

/// <summary>
/// Which verdicts on open plans would flip if another rulebook held. The real validators judge, and what a cache has of them
/// counts; no plan and no list learns of it. Many plans come in pages, bounded in number and in time.
/// </summary>
public sealed class RulebookDryRun(IEntityHost host, GateRunner gates, GateOptions options, TimeProvider time)
{
    /// <summary>Of runs that nobody asked for and that are not recorded.</summary>
    private static readonly GateRunId Run = new("gtr_dry_run");

    /// <summary>Plans that one page judges, at most.</summary>
    public int MaxPlans => options.MaxDryRunPlans;

    /// <param name="open">Open plans, and as of when governance judges each; at most <see cref="MaxPlans"/>.</param>
    /// <param name="holding">The rules that hold.</param>
    /// <param name="other">Those that might.</param>
    /// <exception cref="LogUnavailableException">A plan, or others that it depends on, cannot be read now.</exception>
    public async Task<DryRunPage> JudgeAsync(WorkspaceId workspace, ComplianceReport open, Rulebook holding, Rulebook other, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        var flipped = ImmutableArray.CreateBuilder<PlanFlips>();
        for (var judged = 0; judged < open.Plans.Length; judged++)
        {
            if (judged > 0 && time.GetElapsedTime(start) >= options.DryRunPageTime)
                return new DryRunPage(judged, flipped.ToImmutable(), open.Plans[judged - 1].CreatedPosition);
            if (await JudgeAsync(workspace, open.Plans[judged], open.At, holding, other, cancellation) is { Flips.IsEmpty: false } flips)
                flipped.Add(flips);
        }
        return new DryRunPage(open.Plans.Length, flipped.ToImmutable(), open.Next);
    }

    private async Task<PlanFlips?> JudgeAsync(
        WorkspaceId workspace, PlanCompliance listed, DateTimeOffset at, Rulebook holding, Rulebook other, CancellationToken cancellation)
    {
        var key = EntityKey.Of(workspace, listed.Plan);
        var plan = (Plan)(await host.ReadAsync(key, cancellation)).State;
        // It may have been closed since it was listed.
        if (plan.IsClosed)
            return null;
        var gate = await GateFlipAsync(key, plan, at, holding, other, cancellation);
        var governance = GovernanceFlip(plan, listed.JudgedAt, holding, other);
        return new PlanFlips(plan.Id, plan.Title, plan.Stream, plan.Status, [.. new[] { gate, governance }.OfType<Flip>()]);
    }

    private async Task<Flip?> GateFlipAsync(EntityKey key, Plan plan, DateTimeOffset at, Rulebook holding, Rulebook other, CancellationToken cancellation)
    {
        if (PlanDecider.NextGate(plan, holding, Run, at) is not { } now || PlanDecider.NextGate(plan, other, Run, at) is not { } then)
            return null;
        try
        {
            var reports = await Task.WhenAll(gates.TryAsync(key, now, holding, at, cancellation), gates.TryAsync(key, then, other, at, cancellation));
            return reports[0].Outcome == reports[1].Outcome
                ? null
                : new Flip(then.Gate, reports[1].Outcome == GateOutcome.Passed, [.. reports.Where(r => r.Outcome != GateOutcome.Passed).SelectMany(Because)]);
        }
        catch (ReactionFailedException e)
        {
            throw new LogUnavailableException(e.Message, e);
        }
    }

    private static Flip? GovernanceFlip(Plan plan, DateTimeOffset at, Rulebook holding, Rulebook other)
    {
        var (now, then) = (GovernanceEvaluator.Evaluate(plan, holding, at).Enforced, GovernanceEvaluator.Evaluate(plan, other, at).Enforced);
        return now.IsEmpty == then.IsEmpty ? null : new Flip(Gate: null, then.IsEmpty, then.IsEmpty ? now : then);
    }

    /// <summary>Which validators fail, then what they find.</summary>
    private static IEnumerable<Blocker> Because(GateRunReport failed) =>
    [
        .. failed.Results.Where(r => r is { Passed: false, Error: null }).Select(r =>
            new Blocker("validator_failed", $"{r.Validator}: it has findings that fail the gate.", failed.Gate)),
        .. GateBlockers.Of(failed),
    ];
}
