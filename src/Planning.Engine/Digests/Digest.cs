using System.Collections.Immutable;
using Planning.Domain;

namespace Planning.Engine.Digests;

/// <summary>
/// The report of one closed cycle: what its events add up to, and what people wrote beside them. A section without
/// input is null and left out. Every number stands in a record that names its events in <c>Sources</c>.
/// </summary>
public sealed record Digest
{
    /// <summary>Raised when the same events would give other bytes; older digests stay as they were rendered.</summary>
    public const int PresentVersion = 1;

    public int DigestVersion { get; init; } = PresentVersion;
    public required DigestCycle Cycle { get; init; }
    public required ImmutableArray<Figure> Summary { get; init; }
    public required ImmutableArray<Highlight> Highlights { get; init; }
    public required ImmutableArray<KpiRow> Kpis { get; init; }
    public DecisionsSection? Decisions { get; init; }
    public ImmutableArray<Deliverable>? Deliverables { get; init; }
    public ImmutableArray<Risk>? Risks { get; init; }
    public GovernanceSection? Governance { get; init; }
    public ImmutableArray<GateRow>? Gates { get; init; }
    public TimelineSection? Timeline { get; init; }
    public ImmutableArray<StreamRow>? Resources { get; init; }
    public ImmutableArray<Insight>? Insights { get; init; }
    public ImmutableArray<string>? Recommendations { get; init; }
    public Lessons? LessonsLearned { get; init; }
    public NextCycle? Next { get; init; }
    public ImmutableArray<string>? Distribution { get; init; }

    /// <summary>What was wrong with cycle_notes.yaml; what could be read of it is in the sections.</summary>
    public ImmutableArray<string>? NotesProblems { get; init; }
}

/// <param name="GeneratedAt">When the cycle was closed: rendering reads no clock.</param>
/// <param name="Position">Of CYCLE_CLOSED; no later event is in the digest.</param>
public sealed record DigestCycle(
    WorkspaceId Workspace, CycleId Id, string Name, DateOnly StartsOn, DateOnly EndsOn, DateOnly ClosedOn,
    DateTimeOffset GeneratedAt, ContentHash RulebookHash, long Position, ImmutableArray<string> Goals);

/// <summary>One number by itself.</summary>
public sealed record Figure(string Name, decimal Value, ImmutableArray<string> Sources, string? Unit = null);

/// <summary>Good, bad or not yet: ✅ ❌ ⏳.</summary>
public enum Mark
{
    Good = 1,
    Bad,
    Pending,
}

public sealed record Highlight(Mark Mark, string Text, ImmutableArray<string> Sources);

/// <summary>Something that the numbers say when they are laid side by side.</summary>
public sealed record Insight(string Text, ImmutableArray<string> Sources);
