using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Planning.Domain.Governance;
using Planning.Domain.Plans;
using Xunit;
using static Planning.Domain.Tests.Governance.Rules;

namespace Planning.Domain.Tests.Governance;

public sealed class GovernanceProperties
{
    [Fact]
    public void Adding_a_rule_never_admits_what_was_refused() =>
        Prop.ForAll((from plan in Plans from rules in SomeRules from added in OneRule select (plan, rules, added)).ToArbitrary(), given =>
        {
            var before = Judge(given.plan, given.rules);
            var after = Judge(given.plan, given.rules.Add(given.added));
            return before.Enforced.All(after.Enforced.Contains) && before.Warnings.All(after.Warnings.Contains);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Judging_again_gives_the_same() =>
        Prop.ForAll((from plan in Plans from rules in SomeRules select (plan, rules)).ToArbitrary(), given =>
            Judge(given.plan, given.rules).Enforced.SequenceEqual(Judge(given.plan, given.rules).Enforced))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void An_edit_revokes_every_approval() =>
        Prop.ForAll(Plans.ToArbitrary(), plan =>
        {
            var edited = plan with { ContentHash = new ContentHash("sha256:edited") };
            return Codes(new ApprovalCount(1), edited) is ["approvals_missing"] && Codes(new ReviewBoard(), edited) is ["board_decision_missing"];
        }).QuickCheckThrowOnFailure();

    private static Gen<Plan> Plans { get; } =
        from id in Gen.Choose(0, 50)
        from criticality in Gen.Elements("0", "1", "2", "3")
        from change in Gen.Elements(null, "normal", "emergency")
        from contact in Gen.Elements<PersonId?>(null, new PersonId("per_oncall"))
        from rollback in Gen.Elements(null, "rollback.md", "elsewhere.md")
        from stream in Gen.Elements("payments", "ledger")
        from approvals in (
            from person in Gen.Elements("per_a", "per_b", "per_c", "per_d", Author.Value)
            from kind in Gen.Elements(ApprovalKind.Approval, ApprovalKind.BoardDecision)
            from content in Gen.Elements(Content, Earlier)
            from approves in Gen.Elements(true, true, false)
            select approves ? Approves(person, kind, content) : Rejects(person, kind, content)).ListOf()
        select Complete with
        {
            Id = new PlanId($"pln_{id}"),
            Stream = stream,
            GivenTags = change is null ? Tagged("criticality", criticality) : Tagged("criticality", criticality).Add("change_type", change),
            EmergencyContact = contact,
            RollbackPlan = rollback,
            Approvals = [.. approvals],
        };

    private static Gen<GovernanceRule> OneRule { get; } =
        from name in Gen.Elements("r1", "r2", "r3", "r4")
        from condition in Gen.Elements("true", "tags.criticality == 0", "tags.criticality < 2", "tags.change_type == 'emergency'", "plan.stream != 'ledger'")
        from requirements in Gen.Elements(Every.ToArray()).ListOf()
        from mode in Gen.Elements(RuleMode.Off, RuleMode.Warn, RuleMode.Enforce, new RuleMode(RuleModeKind.Percentage, 50))
        select Rule(name, condition, [.. requirements]) with { Mode = mode };

    private static Gen<ImmutableArray<GovernanceRule>> SomeRules { get; } = OneRule.ListOf().Select(rules => rules.ToImmutableArray());
}
