using System.Collections.Immutable;

namespace Planning.Domain.Governance;

/// <summary>What governance says about a plan: what is missing and enforced, and what only warns.</summary>
public sealed record GovernanceVerdict(ImmutableArray<Blocker> Enforced, ImmutableArray<Blocker> Warnings)
{
    /// <summary>Every rule of the rulebook, in its order, whether it matched or not.</summary>
    public ImmutableArray<RuleVerdict> Rules { get; init; } = [];
}

/// <summary>What one rule says about a plan.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Mode">Off, warn or enforce, as it holds for this plan.</param>
/// <param name="Matched">Whether the condition is met; a condition that cannot be decided counts as met.</param>
/// <param name="Satisfied">Requirements that are fulfilled, by name.</param>
/// <param name="Missing">What is not; empty for a rule that is off.</param>
public sealed record RuleVerdict(string Rule, RuleModeKind Mode, bool Matched, ImmutableArray<string> Satisfied, ImmutableArray<Blocker> Missing);
