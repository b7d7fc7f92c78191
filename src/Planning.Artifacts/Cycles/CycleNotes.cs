namespace Planning.Artifacts.Cycles;

/// <summary>What people know about a cycle and events do not; each part may be empty.</summary>
/// <param name="Cycle">Name of the cycle; null when not given.</param>
/// <param name="Risks">Risks in the order of the file.</param>
/// <param name="Decisions">Decisions in the order of the file.</param>
/// <param name="WorkedWell">Lessons: what to keep.</param>
/// <param name="ToImprove">Lessons: what to change.</param>
/// <param name="NextGoals">Goals of the next cycle.</param>
/// <param name="SuccessCriteria">How the next cycle will be judged.</param>
/// <param name="Distribution">Who gets the digest.</param>
public sealed record CycleNotes(
    string? Cycle,
    IReadOnlyList<CycleRisk> Risks,
    IReadOnlyList<CycleDecision> Decisions,
    IReadOnlyList<string> WorkedWell,
    IReadOnlyList<string> ToImprove,
    IReadOnlyList<string> NextGoals,
    IReadOnlyList<string> SuccessCriteria,
    IReadOnlyList<string> Distribution);

/// <summary>A risk; impact and probability are low, medium, high or critical.</summary>
public sealed record CycleRisk(string Risk, string Impact, string Probability, string? Mitigation, string? Status);

/// <summary>A decision with its reason.</summary>
public sealed record CycleDecision(string Title, string Reason, DateOnly? Date);
