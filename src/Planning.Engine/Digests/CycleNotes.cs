using System.Collections.Immutable;

namespace Planning.Engine.Digests;

/// <summary>What people know about a cycle and events do not: <c>cycle_notes.yaml</c> as schemas/artifacts/cycle_notes.v1.json describes it.</summary>
/// <param name="Problems">What could not be read, one sentence each with file, line and column.</param>
public sealed record CycleNotes(
    ImmutableArray<Risk> Risks,
    ImmutableArray<NotedDecision> Decisions,
    Lessons? Lessons,
    ImmutableArray<string> NextGoals,
    ImmutableArray<string> SuccessCriteria,
    ImmutableArray<string> Distribution,
    ImmutableArray<string> Problems)
{
    public static CycleNotes None { get; } = new([], [], null, [], [], [], []);
}

/// <param name="Text">What may happen.</param>
/// <param name="Impact">low, medium, high or critical.</param>
/// <param name="Status">open, mitigated, accepted or closed; null when nothing is said.</param>
public sealed record Risk(string Text, string Impact, string Probability, string? Mitigation, string? Status);

public sealed record NotedDecision(string Title, string Reason, DateOnly? Date);

public sealed record Lessons(ImmutableArray<string> WorkedWell, ImmutableArray<string> ToImprove);
