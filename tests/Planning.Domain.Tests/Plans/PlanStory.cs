using System.Collections.Immutable;
using Planning.Domain.Plans;

namespace Planning.Domain.Tests.Plans;

/// <summary>A plan under test: sends commands, folds what they accept, remembers the last decision.</summary>
internal sealed class PlanStory
{
    public Plan Plan { get; private set; } = PlanDecider.Initial;

    public Decision<PlanEvent> Last { get; private set; } = Decision<PlanEvent>.Nothing;

    public string? Code => Last.Rejection?.Code;

    public static PlanStory Begin() => new PlanStory().Send(
        World.Author,
        new PlanCommand.Create(new PlanId("pln_1"), "Payments", "Card payments", "payments", World.Cycle, World.Tags()))
        .Send(World.Author, new PlanCommand.Attach([World.Artifact("be_backlog.yaml")], World.Run));

    /// <summary>A plan led by allowed commands alone to a state.</summary>
    public static PlanStory In(PlanStatus status)
    {
        var story = Begin();
        if (status == PlanStatus.Withdrawn)
            return story.Trigger(World.Lead, Planning.Domain.Plans.Trigger.Withdraw, "not needed");
        foreach (var step in Steps.TakeWhile(_ => story.Plan.Status != status))
            step(story);
        return story.Plan.Status == status ? story : throw new InvalidOperationException($"The story ended {story.Plan.Status}: {story.Last.Rejection}");
    }

    private static readonly Action<PlanStory>[] Steps =
    [
        s => s.Trigger(World.Author, Planning.Domain.Plans.Trigger.ValidateComplete).Pass(),
        s => s.Trigger(World.Author, Planning.Domain.Plans.Trigger.PackageArtifacts).Pass(),
        s => s.Trigger(World.Releaser, Planning.Domain.Plans.Trigger.BeginExecution).Pass(),
        s => s.Report("rep_1").Trigger(World.Releaser, Planning.Domain.Plans.Trigger.ValidateResults),
        s => s.Trigger(World.Author, Planning.Domain.Plans.Trigger.AnalyzeMetrics),
        s => s.Trigger(World.Author, Planning.Domain.Plans.Trigger.CycleComplete),
    ];

    public PlanStory Send(Actor actor, PlanCommand command)
    {
        Last = PlanDecider.Decide(Plan, command, World.By(actor));
        Plan = Last.Events.Aggregate(Plan, PlanDecider.Evolve);
        return this;
    }

    public PlanStory Trigger(Actor actor, Trigger trigger, string? reason = null) =>
        Send(actor, new PlanCommand.RequestTransition(trigger, World.Run, reason));

    public PlanStory Pass(bool isSealed = true) => Complete(passed: true, isSealed: isSealed);

    public PlanStory Complete(bool passed, bool isSealed = true, params Blocker[] blockers) => Send(
        Actor.System,
        new PlanCommand.CompleteTransition(
            Plan.Pending?.GateRunId ?? World.Run, passed, [.. blockers],
            Plan.Manifest is { } m ? new ManifestFacts(m, isSealed, []) : null, World.Manifest));

    public PlanStory Report(string id, ExecutionOutcome outcome = ExecutionOutcome.Succeeded, params (string Name, string Content)[] deployed)
    {
        var digests = deployed.Length > 0
            ? deployed.ToImmutableSortedDictionary(d => d.Name, d => World.Hash(d.Content))
            : Plan.Content.ToImmutableSortedDictionary(a => a.Name, a => a.Hash);
        return Send(World.Executor, new PlanCommand.ReportExecution(
            new ExecutionReport(id, World.Executor.Id, "production", outcome, World.Now, digests, [], [])));
    }
}
