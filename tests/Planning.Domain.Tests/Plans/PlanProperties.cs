using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Planning.Domain.Plans;

namespace Planning.Domain.Tests.Plans;

public class PlanProperties
{
    private static readonly Actor[] Actors = [World.Author, World.Lead, World.Approver, World.Board, World.Releaser, World.Executor, Actor.System];

    /// <summary>A step is a number; the number picks command and actor, so that a failing history shrinks to a short list.</summary>
    private static (Actor Actor, PlanCommand Command) Step(int number)
    {
        var n = number & int.MaxValue;
        var run = new GateRunId($"gtr_{n % 5}");
        PlanCommand command = (n % 13) switch
        {
            0 => new PlanCommand.Create(new PlanId("pln_1"), "Plan", null, "payments", World.Cycle, World.Tags()),
            1 => (n / 12 % 5) switch
            {
                0 => new PlanCommand.Update(run, Window: new PlanWindow(new DateOnly(2027, 2, 1), new DateOnly(2027, 2, 1 + (n % 3)))),
                1 => new PlanCommand.Update(run, EmergencyContact: new PersonId($"per_{n % 3}")),
                2 => new PlanCommand.Update(run, RollbackPlan: $"a{n % 2}.md"),
                3 => new PlanCommand.Update(run, RemovedArtifacts: [$"a{n % 2}.md"]),
                _ => new PlanCommand.Update(run, Title: $"Title {n % 3}", Description: $"{n % 2}", Priority: n % 4),
            },
            2 => new PlanCommand.Update(run, Tags: World.Tags(("criticality", $"{n % 4}"))),
            3 => new PlanCommand.Attach([World.Artifact($"a{n % 2}.md", $"v{n % 3}")], run),
            4 => new PlanCommand.Attach([World.Artifact("coverage.xml", $"v{n % 3}", evidence: true)], run),
            5 or 6 => new PlanCommand.RequestTransition((Trigger)(1 + (n / 12 % 11)), run, "because"),
            7 or 8 => new PlanCommand.CompleteTransition(run, n % 2 == 0, [], new ManifestFacts(World.Manifest, IsSealed: true, []), World.Manifest),
            9 => new PlanCommand.Approve((ApprovalKind)(1 + (n / 12 % 2)), (Verdict)(1 + (n / 24 % 2)), Comment: "seen"),
            11 => new PlanCommand.CheckCompliance(World.Rules.Hash, World.Now),
            10 => new PlanCommand.Waive("schema_lint", $"f{n % 3}", "accepted", World.Now.AddDays(n % 3)),
            _ => new PlanCommand.ReportExecution(new ExecutionReport(
                $"rep_{n % 3}", World.Executor.Id, "production", ExecutionOutcome.Succeeded, World.Now, World.Tags().ToDigests(), [], [])),
        };
        return (Actors[n / 7 % Actors.Length], command);
    }

    private static void ForAllHistories(Action<int[]> check) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), check).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(120));

    [Fact]
    public void A_repeated_command_emits_nothing() => ForAllHistories(history =>
    {
        var plan = PlanDecider.Initial;
        foreach (var (actor, command) in history.Select(Step))
        {
            plan = PlanDecider.Decide(plan, command, World.By(actor)).Events.Aggregate(plan, PlanDecider.Evolve);
            Assert.Empty(PlanDecider.Decide(plan, command, World.By(actor)).Events);
        }
    });

    [Fact]
    public void Folding_is_deterministic_and_the_content_hash_says_what_is_attached() => ForAllHistories(history =>
    {
        var events = new List<PlanEvent>();
        var plan = PlanDecider.Initial;
        foreach (var (actor, command) in history.Select(Step))
        {
            var happened = PlanDecider.Decide(plan, command, World.By(actor)).Events;
            plan = happened.Aggregate(plan, PlanDecider.Evolve);
            events.AddRange(happened);
        }
        var again = events.Aggregate(PlanDecider.Initial, PlanDecider.Evolve);
        Assert.Equal((plan.Status, plan.ContentHash, plan.Manifest, plan.Pending), (again.Status, again.ContentHash, again.Manifest, again.Pending));
        if (plan.Exists)
            Assert.Equal(PlanContent.HashOf(again), plan.ContentHash);
    });

    [Fact]
    public void A_plan_moves_only_along_an_arrow_of_the_lifecycle() => ForAllHistories(history =>
    {
        var plan = PlanDecider.Initial;
        foreach (var (actor, command) in history.Select(Step))
        {
            foreach (var moved in PlanDecider.Decide(plan, command, World.By(actor)).Events.OfType<PlanEvent.StateTransition>().Where(m => m.FromState != m.ToState))
                Assert.Equal(moved.ToState, Lifecycle.Find(moved.FromState, moved.Trigger)?.To);
            plan = PlanDecider.Decide(plan, command, World.By(actor)).Events.Aggregate(plan, PlanDecider.Evolve);
        }
    });
}
