using System.Collections.Immutable;
using Planning.Domain.Governance;
using Planning.Domain.Rulebooks;

namespace Planning.Domain.Plans;

/// <summary>Governance goes on while a plan is executed: a rejection, or stricter rules, may break what held when it began.</summary>
public sealed partial class PlanDecider
{
    /// <summary>What would be recorded of a plan that is being executed; null where nothing is missing, or just this was recorded already.</summary>
    internal static PlanEvent.GovernanceViolation? NewViolation(Plan plan, Rulebook rules, DateTimeOffset beganAt) =>
        Violation(plan, rules, beganAt) is { } violation && RecordedViolation.Of(violation) is var found && !found.Equals(plan.Violation) ? violation : null;

    private static Decision<PlanEvent> CheckCompliance(Plan plan, PlanCommand.CheckCompliance check, Issued issued)
    {
        if (Permissions.Refuse(issued.By, Permission.ContinueProcess) is { } refused)
            return refused;
        return plan.IsExecuting && NewViolation(plan, issued.Rules, check.BeganAt) is { } violation ? violation : Decision<PlanEvent>.Nothing;
    }

    private static PlanEvent.GovernanceViolation? Violation(Plan plan, Rulebook rules, DateTimeOffset at)
    {
        var verdict = GovernanceEvaluator.Evaluate(plan, rules, at);
        return verdict.Enforced.IsEmpty && verdict.Warnings.IsEmpty ? null : new PlanEvent.GovernanceViolation(
            Trigger.BeginExecution,
            plan.ContentHash,
            rules.Hash,
            Enforced: !verdict.Enforced.IsEmpty,
            verdict.Enforced.IsEmpty ? verdict.Warnings : verdict.Enforced);
    }
}

/// <summary>Which violation was recorded last: what was missing of which content. Wording and rulebook may change without it being another one.</summary>
/// <param name="Missing">Source and code of each, in order.</param>
public sealed record RecordedViolation(ContentHash ContentHash, bool Enforced, ImmutableArray<string> Missing)
{
    public static RecordedViolation Of(PlanEvent.GovernanceViolation e) => new(
        e.ContentHash, e.Enforced, [.. e.Violations.Select(v => $"{v.Source} {v.Code}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    public bool Equals(RecordedViolation? other) =>
        other is not null && (ContentHash, Enforced) == (other.ContentHash, other.Enforced) && Missing.SequenceEqual(other.Missing, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(ContentHash, Enforced, Missing.Length);
}
