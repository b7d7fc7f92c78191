using System.Collections.Immutable;
using Planning.Domain.Governance;

namespace Planning.Domain.Rulebooks;

/// <summary>The versioned set of rules of a workspace: gates, governance, KPIs, sealing, calendars. Its hash goes into every manifest.</summary>
public sealed record Rulebook(
    ContentHash Hash,
    ImmutableArray<GateDefinition> Gates,
    GovernanceRules Governance,
    ImmutableArray<KpiDefinition> Kpis,
    SealingPolicy Sealing,
    ImmutableArray<ChangeCalendar> Calendars);
