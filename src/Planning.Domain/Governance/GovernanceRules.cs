using System.Collections.Immutable;
using Planning.Domain.Expressions;

namespace Planning.Domain.Governance;

/// <summary>The tags that a workspace knows and the rules over them.</summary>
public sealed record GovernanceRules(ImmutableArray<TagDefinition> Tags)
{
    /// <summary>All requirements of all rules that match hold together.</summary>
    public ImmutableArray<GovernanceRule> Rules { get; init; } = [];
}

/// <summary>What a plan that meets the condition must have before it is executed.</summary>
/// <param name="Name">Unique within the rulebook.</param>
/// <param name="Condition">True or false, over the names of <see cref="GovernanceScope"/>.</param>
/// <param name="Requirements">Each by its own; none weakens another.</param>
/// <param name="Mode">How hard the rule holds where its stream says nothing else.</param>
/// <param name="StreamModes">Stream to the mode that holds there.</param>
public sealed record GovernanceRule(
    string Name,
    Formula Condition,
    ImmutableArray<IRequirement> Requirements,
    RuleMode Mode,
    ImmutableSortedDictionary<string, RuleMode> StreamModes)
{
    public RuleMode ModeIn(string stream) => StreamModes.GetValueOrDefault(stream, Mode);
}
