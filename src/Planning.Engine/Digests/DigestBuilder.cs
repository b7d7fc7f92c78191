using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Domain.Rulebooks;
using Planning.Engine.Digests.Sections;

namespace Planning.Engine.Digests;

/// <summary>What a digest is made of.</summary>
/// <param name="Closed">The cycle, and before it up to three that closed earlier, oldest first: <see cref="CycleFold.Closed"/>.</param>
/// <param name="Kpis">Of the rulebook that held at the close.</param>
public sealed record DigestInput(WorkspaceId Workspace, IReadOnlyList<CycleFacts> Closed, ImmutableArray<KpiDefinition> Kpis, CycleNotes Notes);

/// <summary>Puts a digest together. Pure: the same input gives the same digest.</summary>
public static class DigestBuilder
{
    public static Digest Build(DigestInput input)
    {
        var facts = input.Closed[^1];
        var notes = input.Notes;
        var kpis = KpiSection.Of(input);
        var gates = GateSection.Of(facts);
        var timeline = TimelineRows.Of(facts);
        var findings = InsightSection.Of(facts, kpis, gates, timeline);
        return new Digest
        {
            Cycle = new DigestCycle(
                input.Workspace, facts.Id, facts.Opened.Name, facts.Opened.StartsOn, facts.Opened.EndsOn, facts.Closed.ClosedOn,
                facts.ClosedAt.ToUniversalTime(), facts.Closed.RulebookHash, facts.Position, facts.Opened.Goals),
            Summary = SummarySection.FiguresOf(facts),
            Highlights = SummarySection.HighlightsOf(facts, kpis),
            Kpis = kpis,
            Decisions = DecisionRows.Of(facts, notes),
            Deliverables = Unless(DeliverableRows.Of(facts)),
            Risks = Unless(notes.Risks),
            Governance = GovernanceRows.Of(facts),
            Gates = Unless(gates),
            Timeline = timeline,
            Resources = Unless(ResourceRows.Of(facts)),
            Insights = Unless([.. findings.Select(f => f.Insight)]),
            Recommendations = Unless([.. findings.Select(f => f.Advice).Distinct(StringComparer.Ordinal)]),
            LessonsLearned = notes.Lessons is { } lessons && !(lessons.WorkedWell.IsEmpty && lessons.ToImprove.IsEmpty) ? lessons : null,
            Next = NextSection.Of(facts, notes),
            Distribution = Unless(notes.Distribution),
            NotesProblems = Unless(notes.Problems),
        };
    }

    private static ImmutableArray<T>? Unless<T>(ImmutableArray<T> rows) => rows.IsEmpty ? null : rows;
}
