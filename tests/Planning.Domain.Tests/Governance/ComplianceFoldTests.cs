using Planning.Domain.Cycles;
using Planning.Domain.Governance;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Domain.Tests.Cycles;

namespace Planning.Domain.Tests.Governance;

public sealed class ComplianceFoldTests
{
    private static readonly DateTimeOffset Later = new(2027, 12, 24, 9, 0, 0, TimeSpan.Zero);
    private static readonly Rulebook Lenient = Rules.Book();
    private static readonly Rulebook Strict = Rules.Book(Rules.Rule("contact", "plan.priority >= 0", new EmergencyContactGiven()));
    private static readonly Rulebook Frozen = Rules.Book(Rules.Rule("freeze", "plan.priority >= 0", new OutsideFreezes()));

    [Fact]
    public void Plans_are_judged_now_until_they_are_begun_and_then_as_of_that_moment()
    {
        var story = new Story().Open("c1").Plan("p1", "c1").Plan("p2", "c1").Executed("p1");

        var judged = Fold(story).Judge(ComplianceQuery.Everything, Frozen, Later).Plans;

        Assert.Equal(["p2", "p1"], judged.Select(p => p.Plan.Value));
        Assert.Equal([Later, story.Events[^1].At], judged.Select(p => p.JudgedAt));
        Assert.Equal(["change_freeze_holds"], judged[0].Missing.Select(m => m.Code));
        Assert.True(judged[1].IsCompliant);
    }

    [Fact]
    public void Stricter_rules_name_every_plan_that_is_being_executed_and_lacks_something_once()
    {
        var story = new Story().Open("c1").Plan("p1", "c1").Plan("p2", "c1").Plan("p3", "c1").Executed("p1").Executed("p2");
        var fold = Fold(story);
        Assert.Empty(fold.TakeUnrecorded(Lenient));

        fold.Apply(Activated(story, Strict));
        var named = fold.TakeUnrecorded(Strict);

        Assert.Equal(Strict.Hash, fold.Rulebook);
        Assert.Equal(["p1", "p2"], named.Select(c => c.Plan.Value));
        Assert.All(named, c => Assert.Equal(story.Events[^1].EventId, c.EventId));
        Assert.Equal([story.Events[4].At, story.Events[5].At], named.Select(c => c.Command.BeganAt));
        Assert.Empty(fold.TakeUnrecorded(Strict));
        Assert.False(fold.HasUnsettled);
    }

    [Fact]
    public void A_check_that_could_not_be_sent_is_named_again()
    {
        var story = new Story().Open("c1").Plan("p1", "c1").Executed("p1");
        var fold = Fold(story);
        var named = fold.TakeUnrecorded(Strict);

        fold.PutBack(named);

        Assert.True(fold.HasUnsettled);
        Assert.Equal(named, fold.TakeUnrecorded(Strict));
    }

    [Fact]
    public void What_the_plan_has_recorded_is_not_named_any_more_until_something_else_is_missing()
    {
        var story = new Story().Open("c1").Plan("p1", "c1").Executed("p1");
        var plan = story.Events.Select(e => e.Event).OfType<PlanEvent>().Aggregate(PlanDecider.Initial, PlanDecider.Evolve);
        story.OnPlan("p1", PlanDecider.Decide(plan, Fold(story).TakeUnrecorded(Strict).Single().Command, World.By(Actor.System, Strict)).Events.Single());
        var fold = Fold(story);

        Assert.Empty(fold.TakeUnrecorded(Strict));
        Assert.NotNull(fold.Judge(ComplianceQuery.Everything, Strict, Later).Plans.Single().Recorded);
        fold.Apply(Activated(story, Strict));
        Assert.Single(fold.TakeUnrecorded(Rules.Book(Rules.Rule("plan", "plan.priority >= 0", new RollbackPlanAttached()))));
    }

    [Fact]
    public void A_closed_plan_is_judged_no_more()
    {
        var story = new Story().Open("c1").Plan("p1", "c1").Executed("p1").Completed("p1");
        var fold = Fold(story);

        Assert.Empty(fold.Judge(ComplianceQuery.Everything, Strict, Later).Plans);
        Assert.Empty(fold.TakeUnrecorded(Strict));
    }

    [Fact]
    public void Pages_hold_what_was_asked_for_and_say_where_the_next_begins()
    {
        var story = new Story().Open("c1");
        for (var i = 1; i <= 5; i++)
            story.Plan($"p{i}", "c1");
        var fold = Fold(story);

        var first = fold.Judge(new ComplianceQuery(false, "payments", long.MaxValue, 3), Strict, Later);
        var rest = fold.Judge(new ComplianceQuery(false, "payments", first.Next!.Value, 3), Strict, Later);

        Assert.Equal(["p5", "p4", "p3"], first.Plans.Select(p => p.Plan.Value));
        Assert.Equal(["p2", "p1"], rest.Plans.Select(p => p.Plan.Value));
        Assert.Null(rest.Next);
        Assert.Empty(fold.Judge(new ComplianceQuery(true, null, long.MaxValue, 3), Strict, Later).Plans);
        Assert.Empty(fold.Judge(new ComplianceQuery(null, "cards", long.MaxValue, 3), Strict, Later).Plans);
    }

    [Fact]
    public void An_event_that_was_applied_already_is_refused()
    {
        var story = new Story().Open("c1");
        var fold = Fold(story);

        Assert.Throws<ArgumentException>(() => fold.Apply(story.Events[0]));
        Assert.Throws<ArgumentException>(() => fold.Pass(1));
    }

    private static ComplianceFold Fold(Story story)
    {
        var fold = new ComplianceFold();
        foreach (var happened in story.Events)
            fold.Apply(happened);
        return fold;
    }

    private static Happened Activated(Story story, Rulebook rules) => story.Add(
        EntityKey.RulebookOf(Story.Workspace),
        new RulebookEvent.RulebookActivated(rules.Hash, System.Collections.Immutable.ImmutableSortedDictionary<string, ContentHash>.Empty, null)).Events[^1];
}
