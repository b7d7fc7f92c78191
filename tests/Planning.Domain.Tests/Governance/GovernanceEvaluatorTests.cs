using System.Collections.Immutable;
using Planning.Domain.Governance;
using Planning.Domain.Plans;
using Xunit;
using static Planning.Domain.Tests.Governance.Rules;

namespace Planning.Domain.Tests.Governance;

public sealed class GovernanceEvaluatorTests
{
    private static readonly Plan Bare = Plan.None with { Exists = true, Id = new PlanId("pln_2"), Stream = "payments", Author = Author, ContentHash = Content };

    [Fact]
    public void A_rule_that_does_not_match_asks_for_nothing()
    {
        var verdict = Judge(Bare, Rule("critical_zero", "tags.criticality == 0", Every));
        Assert.Empty(verdict.Enforced);
        Assert.Empty(verdict.Warnings);
        Assert.False(Assert.Single(verdict.Rules).Matched);
    }

    [Fact]
    public void Everything_missing_of_all_matching_rules_comes_at_once()
    {
        var plan = Bare with { GivenTags = Complete.GivenTags };
        var verdict = Judge(
            plan,
            Rule("critical_zero", "tags.criticality == 0", new ApprovalCount(3), new ReviewBoard(), new EmergencyContactGiven(), new RollbackPlanAttached()),
            Rule("compliance_sox", "tags.compliance == 'sox'", new EnhancedAuditTrail(), new OutsideFreezes(), new DocumentationAttached("regulatory_standard", ["regulatory*"])));
        Assert.Equal(
            [
                ("approvals_missing", "governance:critical_zero"),
                ("board_decision_missing", "governance:critical_zero"),
                ("emergency_contact_missing", "governance:critical_zero"),
                ("rollback_plan_missing", "governance:critical_zero"),
                ("audit_trail_empty", "governance:compliance_sox"),
                ("documentation_missing", "governance:compliance_sox"),
            ],
            verdict.Enforced.Select(b => (b.Code, b.Source)));
        Assert.Equal(["change_freeze"], verdict.Rules[1].Satisfied.AsEnumerable());
    }

    [Fact]
    public void A_plan_that_has_everything_passes_and_the_verdict_says_by_what()
    {
        var verdict = Judge(Complete, Rule("all", "true", Every));
        Assert.Empty(verdict.Enforced);
        Assert.Equal(Every.Select(r => r.Name), Assert.Single(verdict.Rules).Satisfied);
    }

    [Fact]
    public void A_rule_that_warns_stops_nobody_and_one_that_is_off_is_silent()
    {
        var verdict = Judge(
            Bare,
            Rule("soft", "true", new ReviewBoard()) with { Mode = RuleMode.Warn },
            Rule("quiet", "true", new ReviewBoard()) with { Mode = RuleMode.Off });
        Assert.Empty(verdict.Enforced);
        Assert.Equal("governance:soft", Assert.Single(verdict.Warnings).Source);
        Assert.Equal((RuleModeKind.Off, true, 0), (verdict.Rules[1].Mode, verdict.Rules[1].Matched, verdict.Rules[1].Missing.Length));
    }

    [Fact]
    public void A_stream_can_have_a_mode_of_its_own()
    {
        var rule = Rule("board", "true", new ReviewBoard()) with { StreamModes = ImmutableSortedDictionary<string, RuleMode>.Empty.Add("payments", RuleMode.Warn) };
        Assert.Empty(Judge(Bare, rule).Enforced);
        Assert.Single(Judge(Bare with { Stream = "ledger" }, rule).Enforced);
    }

    [Fact]
    public void A_percentage_enforces_for_that_part_of_the_plans_and_warns_the_others()
    {
        var rule = Rule("rollout", "true", new ReviewBoard()) with { Mode = new RuleMode(RuleModeKind.Percentage, 30) };
        var verdicts = Enumerable.Range(0, 1_000).Select(i => Judge(Bare with { Id = new PlanId($"pln_{i}") }, rule)).ToArray();
        Assert.InRange(verdicts.Count(v => v.Enforced.Length == 1), 250, 350);
        Assert.All(verdicts, v => Assert.Equal(1, v.Enforced.Length + v.Warnings.Length));
    }

    [Fact]
    public void A_plan_that_is_in_stays_in_when_the_percentage_grows()
    {
        var plans = Enumerable.Range(0, 500).Select(i => new PlanId($"pln_{i}")).ToArray();
        var few = plans.Where(p => new RuleMode(RuleModeKind.Percentage, 10).For("r", p) == RuleModeKind.Enforce).ToHashSet();
        var many = plans.Where(p => new RuleMode(RuleModeKind.Percentage, 40).For("r", p) == RuleModeKind.Enforce).ToHashSet();
        Assert.NotEmpty(few);
        Assert.Subset(many, few);
        Assert.NotEqual(few, plans.Where(p => new RuleMode(RuleModeKind.Percentage, 10).For("another", p) == RuleModeKind.Enforce).ToHashSet());
        Assert.All(plans, p => Assert.Equal(RuleModeKind.Enforce, new RuleMode(RuleModeKind.Percentage, 100).For("r", p)));
        Assert.All(plans, p => Assert.Equal(RuleModeKind.Warn, new RuleMode(RuleModeKind.Percentage, 0).For("r", p)));
    }

    [Fact]
    public void The_choice_of_a_percentage_never_changes_between_versions() =>
        Assert.Equal(
            "0000001011",
            string.Concat(Enumerable.Range(0, 10).Select(i => new RuleMode(RuleModeKind.Percentage, 25).For("critical_zero", new PlanId($"pln_{i}")) == RuleModeKind.Enforce ? 1 : 0)));

    [Fact]
    public void A_condition_that_cannot_be_decided_stops_the_plan_and_names_what_to_set()
    {
        var blocker = Assert.Single(Judge(Bare, Rule("emergencies", "tags.change_type == 'emergency'", new ReviewBoard())).Enforced);
        Assert.Equal(
            new Blocker("condition_undecided", "Whether the rule applies depends on tags.change_type, which has no value that the rulebook knows. Set it.", "governance:emergencies"),
            blocker);
    }

    [Fact]
    public void A_condition_that_cannot_be_computed_stops_the_plan() =>
        Assert.Equal(
            "Whether the rule applies cannot be computed: 1 / plan.task_count > 2. Change the plan or the rule so that it can.",
            Assert.Single(Judge(Bare, Rule("odd", "1 / plan.task_count > 2", new ReviewBoard())).Enforced).Message);

    [Theory]
    [InlineData("SOX")]
    [InlineData("sox ")]
    public void An_artifact_cannot_slip_past_a_rule_by_a_misspelt_tag(string declared)
    {
        var artifact = new ArtifactRef("a.yaml", Content, 1, "document", false, new ArtifactFacts(Tagged("compliance", declared)));
        var plan = Bare with { Artifacts = Plan.None.Artifacts.Add("a.yaml", artifact) };
        Assert.Equal("condition_undecided", Assert.Single(Judge(plan, Rule("sox", "tags.compliance == 'sox'", new ReviewBoard())).Enforced).Code);
    }

    [Theory]
    [InlineData("tags.criticality == 2", true)]
    [InlineData("tags.compliance == 'none'", true)]
    [InlineData("tags.stream == 'payments'", true)]
    [InlineData("plan.stream == 'payments'", true)]
    [InlineData("plan.priority == 2", true)]
    [InlineData("plan.task_count == 7", true)]
    [InlineData("plan.points == 21.5", true)]
    [InlineData("plan.artifact_count == 1", true)]
    [InlineData("'be_backlog' in plan.artifact_kinds", true)]
    [InlineData("plan.window_days == 5", true)]
    [InlineData("plan.waiver_count == 0", true)]
    [InlineData("plan.has_window", true)]
    [InlineData("plan.has_rollback_plan", false)]
    [InlineData("plan.has_emergency_contact", false)]
    [InlineData("plan.is_clone", false)]
    public void A_condition_sees_the_plan_and_the_defaults_of_its_tags(string condition, bool matched)
    {
        var backlog = new ArtifactRef("be_backlog.yaml", Content, 1, "be_backlog", false, new ArtifactFacts(ImmutableSortedDictionary<string, string>.Empty, new TaskSummary(7, 21.5m, 2)));
        var coverage = new ArtifactRef("coverage.xml", Content, 1, "coverage", true, null);
        var plan = Bare with
        {
            GivenWindow = new PlanWindow(new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 6)),
            Artifacts = Plan.None.Artifacts.Add(backlog.Name, backlog).Add(coverage.Name, coverage),
        };
        Assert.Equal(matched, Assert.Single(Judge(plan, Rule("r", condition)).Rules).Matched);
    }

    [Fact]
    public void Tags_that_fit_the_rulebook_are_accepted() =>
        Assert.Empty(GovernanceEvaluator.CheckTags(new GovernanceRules(Tags), Tagged("criticality", "0").Add("stream", "anything").Add("compliance", "none")));

    [Theory]
    [InlineData("critcality", "0", "tag_unknown", "There is no tag 'critcality'. Did you mean criticality?")]
    [InlineData("criticality", "4", "tag_value_unknown", "The tag criticality is never '4'; it is one of 0, 1, 2, 3.")]
    [InlineData("compliance", "SOX", "tag_value_unknown", "The tag compliance is never 'SOX'; it is one of sox, gdpr, hipaa, none.")]
    [InlineData("stream", " ", "tag_value_missing", "The tag stream is blank. Give it a value, or leave it out.")]
    public void A_tag_that_does_not_fit_is_refused_with_what_would(string name, string value, string code, string message) =>
        Assert.Equal(new Blocker(code, message, "governance"), Assert.Single(GovernanceEvaluator.CheckTags(new GovernanceRules(Tags), Tagged(name, value))));
}
