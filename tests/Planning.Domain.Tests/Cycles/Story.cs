using System.Collections.Immutable;
using Planning.Domain.Cycles;
using Planning.Domain.Gates;
using Planning.Domain.Handoff;
using Planning.Domain.Plans;

namespace Planning.Domain.Tests.Cycles;

/// <summary>Writes a workspace's history, event by event, without deciders: what a fold has to cope with is wider than what they allow.</summary>
internal sealed class Story
{
    public static readonly WorkspaceId Workspace = new("wsp_test");
    private static readonly ContentHash Hash = new("sha256:" + new string('0', 64));
    private static readonly DateTimeOffset Start = new(2027, 1, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly List<Happened> events = [];

    public IReadOnlyList<Happened> Events => events;

    public DateTimeOffset Now => Start.AddHours(events.Count);

    public static CycleFold Fold(IEnumerable<Happened> events)
    {
        var fold = new CycleFold();
        foreach (var happened in events)
            fold.Apply(happened);
        return fold;
    }

    public CycleFacts Last => Fold(events).Closed[^1];

    public Story Open(string cycle, string? follows = null) => Add(
        EntityKey.Of(Workspace, new CycleId(cycle)),
        new CycleEvent.CycleOpened(new CycleId(cycle), cycle, new DateOnly(2027, 1, 1), new DateOnly(2027, 1, 15), [], follows is null ? null : new CycleId(follows)));

    public Story Close(string cycle, string? next = null, int days = 15) => Add(
        EntityKey.Of(Workspace, new CycleId(cycle)),
        new CycleEvent.CycleClosed(
            new CycleId(cycle), new DateOnly(2027, 1, 1), new DateOnly(2027, 1, 1).AddDays(days - 1), [], next is null ? null : new CycleId(next), null, Hash));

    public Story Plan(string plan, string cycle, PlanWindow? window = null) => OnPlan(plan, new PlanEvent.PlanCreated(
        new PlanId(plan), $"Plan {plan}", null, "payments", new PersonId("usr_a"), new CycleId(cycle), ImmutableSortedDictionary<string, string>.Empty, null, window, null, null, null));

    public Story CarryOver(string plan, string cycle) => OnPlan(plan, new PlanEvent.PlanUpdated(CycleId: new CycleId(cycle)));

    public Story Backlog(string plan, int count, decimal points, string name = "be_backlog.yaml") => OnPlan(plan, new PlanEvent.ArtifactAttached(
        name, Hash, 10, "backlog", Evidence: false, new ArtifactFacts(ImmutableSortedDictionary<string, string>.Empty, new TaskSummary(count, points, null))));

    public Story Gate(string plan, string gate, GateOutcome outcome, bool cached = false)
    {
        var run = new GateRunId($"gtr_{events.Count}");
        var report = new GateRunReport(
            run, new PlanId(plan), gate, Trigger.ValidateComplete, outcome, Hash, Hash,
            [new ValidatorResult("json_schema", "1", "", outcome == GateOutcome.Passed, 5, cached, 0)], [], 0, [], 5);
        return Add(EntityKey.Of(Workspace, run), outcome == GateOutcome.Passed ? new GateRunEvent.GatePassed(report) : new GateRunEvent.GateFailed(report));
    }

    public Story Move(string plan, Trigger trigger, PlanStatus from, PlanStatus to, string? manifest = null) => OnPlan(plan, new PlanEvent.StateTransition(
        trigger, from, to, TransitionOutcome.Moved, new PersonId("usr_a"), ManifestId: manifest is null ? null : new ManifestId(manifest)));

    public Story Packed(string plan, string manifest) => Move(plan, Trigger.PackageArtifacts, PlanStatus.ReadyForHandoff, PlanStatus.Packaged, manifest);

    public Story Sealed(string manifest) => Add(
        EntityKey.Of(Workspace, new ManifestId(manifest)), new ManifestEvent.ManifestSealed(new ManifestId(manifest), Hash, []));

    public Story Executed(string plan) => Move(plan, Trigger.BeginExecution, PlanStatus.Packaged, PlanStatus.Executed);

    public Story Completed(string plan) => Move(plan, Trigger.CycleComplete, PlanStatus.Improve, PlanStatus.Completed);

    public Story Report(string plan, params (string Task, decimal? Points, double? Days)[] tasks) => Report(plan, tasks, []);

    public Story Defects(string plan, params string[] defects) => Report(plan, [], defects);

    public Story Report(string plan, (string Task, decimal? Points, double? Days)[] tasks, string[] defects) => OnPlan(plan, new PlanEvent.ExecutionReported(new ExecutionReport(
        $"rep_{events.Count}", new PersonId("svc_ci"), "production", ExecutionOutcome.Succeeded, Now, ImmutableSortedDictionary<string, ContentHash>.Empty,
        [.. tasks.Select(t => new TaskProgress(t.Task, t.Points, Start, t.Days is { } days ? Start.AddDays(days) : null))],
        [.. defects.Select(d => new Defect(d, $"Defect {d}", Now))])));

    public Story OnPlan(string plan, PlanEvent happened) => Add(EntityKey.Of(Workspace, new PlanId(plan)), happened);

    public Story Add(EntityKey entity, object happened)
    {
        events.Add(new Happened($"evt_{events.Count + 1}", events.Count + 1, Now, entity, happened));
        return this;
    }
}
