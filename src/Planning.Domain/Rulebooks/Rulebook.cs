using System.Collections.Immutable;
using Planning.Domain.Governance;

namespace Planning.Domain.Rulebooks;

/// <summary>The versioned set of rules of a workspace: gates, governance, KPIs, sealing, calendars, kinds of artifacts. Its hash goes into every manifest.</summary>
public sealed record Rulebook(
    ContentHash Hash,
    ImmutableArray<GateDefinition> Gates,
    GovernanceRules Governance,
    ImmutableArray<KpiDefinition> Kpis,
    SealingPolicy Sealing,
    ImmutableArray<ChangeCalendar> Calendars)
{
    /// <summary>Kinds that the workspace registers; the first whose pattern fits a name holds for it.</summary>
    public ImmutableArray<ArtifactKindDefinition> ArtifactKinds { get; init; } = [];
}
