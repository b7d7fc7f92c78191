using System.Collections.Immutable;
using System.Diagnostics;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;

namespace Planning.Domain.Governance;

/// <summary>The tags that a workspace knows and the rules over them.</summary>
public sealed record GovernanceRules(ImmutableArray<TagDefinition> Tags);

public sealed record TagDefinition(string Name, ImmutableArray<string> Values, string? Default);

/// <summary>What governance says about a plan: what is missing and enforced, and what only warns.</summary>
public sealed record GovernanceVerdict(ImmutableArray<Blocker> Enforced, ImmutableArray<Blocker> Warnings);

/// <summary>The one evaluator behind gates, API, CLI, simulation and reports.</summary>
public static class GovernanceEvaluator
{
    public static GovernanceVerdict Evaluate(Plan plan, Rulebook rules, DateTimeOffset at) => throw new UnreachableException();

    /// <summary>Tags with unknown names or values.</summary>
    public static ImmutableArray<Blocker> CheckTags(GovernanceRules rules, ImmutableSortedDictionary<string, string> tags) => throw new UnreachableException();
}
