using System.Collections.Immutable;
using Planning.Domain.Expressions;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;

namespace Planning.Domain.Governance;

/// <summary>The one evaluator behind gates, API, CLI, simulation and reports.</summary>
public static class GovernanceEvaluator
{
    /// <summary>Everything that is missing, at once. Rules only ever add: no rule takes back what another asks for.</summary>
    /// <param name="at">When execution would begin; freezes are judged by it.</param>
    public static GovernanceVerdict Evaluate(Plan plan, Rulebook rules, DateTimeOffset at)
    {
        var values = GovernanceScope.Values(plan, rules.Governance.Tags);
        var verdicts = rules.Governance.Rules
            .Select(rule => Judge(rule, values, new RequirementContext(plan, rules.Calendars, at, "governance:" + rule.Name)))
            .ToImmutableArray();
        return new GovernanceVerdict(Missing(verdicts, RuleModeKind.Enforce), Missing(verdicts, RuleModeKind.Warn)) { Rules = verdicts };
    }

    /// <summary>Tags with unknown names or values.</summary>
    public static ImmutableArray<Blocker> CheckTags(GovernanceRules rules, ImmutableSortedDictionary<string, string> tags) =>
        [.. tags.Select(tag => CheckTag(rules, tag.Key, tag.Value)).OfType<Blocker>()];

    private static Blocker? CheckTag(GovernanceRules rules, string name, string value)
    {
        if (rules.Tags.FirstOrDefault(t => t.Name == name) is not { } tag)
            return new Blocker("tag_unknown", $"There is no tag '{name}'. {NearestName.Advice(name, [.. rules.Tags.Select(t => t.Name)])}", "governance");
        if (tag.Knows(value))
            return null;
        return tag.Values.IsEmpty
            ? new Blocker("tag_value_missing", $"The tag {name} is blank. Give it a value, or leave it out.", "governance")
            : new Blocker("tag_value_unknown", $"The tag {name} is never '{value}'; it is one of {string.Join(", ", tag.Values)}.", "governance");
    }

    private static RuleVerdict Judge(GovernanceRule rule, IReadOnlyDictionary<string, ExpressionValue> values, RequirementContext context)
    {
        var mode = rule.ModeIn(context.Plan.Stream).For(rule.Name, context.Plan.Id);
        var condition = rule.Condition.Evaluate(values);
        var matched = condition != ExpressionValue.Truth.False;
        if (mode == RuleModeKind.Off || !matched)
            return new RuleVerdict(rule.Name, mode, matched, [], []);
        if (condition == ExpressionValue.NoData.Instance)
            return new RuleVerdict(rule.Name, mode, matched, [], [Undecided(rule, values, context)]);

        var judged = rule.Requirements.Select(r => (r.Name, Missing: r.Missing(context).ToImmutableArray())).ToArray();
        return new RuleVerdict(
            rule.Name,
            mode,
            matched,
            [.. judged.Where(j => j.Missing.IsEmpty).Select(j => j.Name)],
            [.. judged.SelectMany(j => j.Missing)]);
    }

    /// <summary>A plan must not slip past a rule because nobody can tell whether the rule applies.</summary>
    private static Blocker Undecided(GovernanceRule rule, IReadOnlyDictionary<string, ExpressionValue> values, RequirementContext context)
    {
        var unset = rule.Condition.Names.Where(n => values.GetValueOrDefault(n, ExpressionValue.NoData.Instance) == ExpressionValue.NoData.Instance).ToArray();
        return context.Missing(
            "condition_undecided",
            unset.Length == 0
                ? $"Whether the rule applies cannot be computed: {rule.Condition.Text}. Change the plan or the rule so that it can."
                : $"Whether the rule applies depends on {string.Join(" and ", unset)}, which has no value that the rulebook knows. Set it.");
    }

    private static ImmutableArray<Blocker> Missing(ImmutableArray<RuleVerdict> verdicts, RuleModeKind mode) =>
        [.. verdicts.Where(v => v.Mode == mode).SelectMany(v => v.Missing)];
}
