using System.Collections.Immutable;
using Planning.Domain.Plans;

namespace Planning.Domain.Governance;

/// <summary>Which open plans to judge, newest first.</summary>
/// <param name="Compliant">Null: both.</param>
/// <param name="Before">Only plans that were created before this position.</param>
public sealed record ComplianceQuery(bool? Compliant, string? Stream, long Before, int Limit)
{
    public static ComplianceQuery Everything { get; } = new(null, null, long.MaxValue, int.MaxValue);
}

/// <summary>What governance says about open plans of a workspace, after this event and at this moment.</summary>
/// <param name="Position">Of the last event of the workspace that is judged.</param>
/// <param name="Next">What to ask for before; null when these were all.</param>
public sealed record ComplianceReport(long Position, DateTimeOffset At, ContentHash RulebookHash, ImmutableArray<PlanCompliance> Plans, long? Next);

/// <summary>One plan under the rules.</summary>
/// <param name="CreatedPosition">Of its first event.</param>
/// <param name="JudgedAt">The moment that the rules are asked about: now, or when execution began.</param>
/// <param name="Missing">What enforced rules miss.</param>
/// <param name="Warnings">What rules miss that only warn.</param>
/// <param name="Recorded">The last violation that was recorded; null for a plan that had none.</param>
public sealed record PlanCompliance(
    PlanId Plan, long CreatedPosition, string Title, string Stream, PlanStatus Status, ContentHash ContentHash, DateTimeOffset JudgedAt,
    ImmutableArray<Blocker> Missing, ImmutableArray<Blocker> Warnings, RecordedViolation? Recorded)
{
    public bool IsCompliant => Missing.IsEmpty;
}
