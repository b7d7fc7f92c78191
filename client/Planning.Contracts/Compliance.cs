namespace Planning.Contracts;

/// <summary>What governance says about open plans, newest first.</summary>
/// <param name="Position">Of the last event of the workspace that is judged.</param>
/// <param name="At">The moment for which plans are judged that are not being executed.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> to get the next page; absent on the last.</param>
public sealed record CompliancePage(IReadOnlyList<ComplianceItem> Items, long Position, DateTimeOffset At, string RulebookHash, string? NextCursor = null);

/// <param name="Compliant">Nothing is missing that an enforced rule asks for.</param>
/// <param name="JudgedAt">Now, or when execution began: freezes are judged by it.</param>
/// <param name="Missing">What enforced rules miss.</param>
/// <param name="Warnings">What rules miss that only warn.</param>
/// <param name="ViolationRecorded">Whether a violation of the present execution, or of the last try to begin it, is in the plan's history.</param>
public sealed record ComplianceItem(
    string PlanId, string Title, string Stream, string Status, string ContentHash, bool Compliant, DateTimeOffset JudgedAt,
    IReadOnlyList<RequirementView> Missing, IReadOnlyList<RequirementView> Warnings, bool ViolationRecorded);

/// <summary>Something that a rule asks for and that is not there.</summary>
/// <param name="Source">The rule, as <c>governance:NAME</c>.</param>
public sealed record RequirementView(string Code, string Message, string Source);
