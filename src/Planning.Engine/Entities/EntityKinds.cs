using System.Diagnostics;
using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Domain.Environments;
using Planning.Domain.Gates;
using Planning.Domain.Handoff;
using Planning.Domain.Plans;
using Planning.Domain.Refreshes;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Entities;

/// <summary>Which decider behind which kind: the one place where a new entity is entered.</summary>
public static class EntityKinds
{
    /// <summary>Raised with every change of a state's shape or fold; older snapshots are then read over.</summary>
    public const int FoldVersion = 3;

    public static IEntityCell CellFor(EntityKey entity, CellServices services) => entity.Kind switch
    {
        EntityKind.Plan => new EntityCell<PlanDecider, Plan, PlanCommand, PlanEvent>(entity, services, PinnedRules),
        EntityKind.GateRun => new EntityCell<GateRunDecider, GateRun, GateRunCommand, GateRunEvent>(entity, services),
        EntityKind.Manifest => new EntityCell<ManifestDecider, Manifest, ManifestCommand, ManifestEvent>(entity, services),
        EntityKind.Cycle => new EntityCell<CycleDecider, Cycle, CycleCommand, CycleEvent>(entity, services),
        EntityKind.Rulebook => new EntityCell<RulebookDecider, RulebookHistory, RulebookCommand, RulebookEvent>(entity, services),
        EntityKind.EnvironmentTree => new EntityCell<EnvironmentTreeDecider, EnvironmentTree, EnvironmentCommand, EnvironmentEvent>(entity, services),
        EntityKind.Refresh => new EntityCell<RefreshDecider, Refresh, RefreshCommand, RefreshEvent>(entity, services),
        _ => throw new UnreachableException($"There is no entity kind {entity.Kind}."),
    };

    /// <summary>Folds events of any kind; for read models, which keep states as documents.</summary>
    public static object Evolve(EntityKind kind, object? state, object happened) => kind switch
    {
        EntityKind.Plan => PlanDecider.Evolve((Plan?)state ?? PlanDecider.Initial, (PlanEvent)happened),
        EntityKind.GateRun => GateRunDecider.Evolve((GateRun?)state ?? GateRunDecider.Initial, (GateRunEvent)happened),
        EntityKind.Manifest => ManifestDecider.Evolve((Manifest?)state ?? ManifestDecider.Initial, (ManifestEvent)happened),
        EntityKind.Cycle => CycleDecider.Evolve((Cycle?)state ?? CycleDecider.Initial, (CycleEvent)happened),
        EntityKind.Rulebook => RulebookDecider.Evolve((RulebookHistory?)state ?? RulebookDecider.Initial, (RulebookEvent)happened),
        EntityKind.EnvironmentTree => EnvironmentTreeDecider.Evolve((EnvironmentTree?)state ?? EnvironmentTreeDecider.Initial, (EnvironmentEvent)happened),
        EntityKind.Refresh => RefreshDecider.Evolve((Refresh?)state ?? RefreshDecider.Initial, (RefreshEvent)happened),
        _ => throw new UnreachableException($"There is no entity kind {kind}."),
    };

    /// <summary>A transition ends under the rules that its gate run saw, even when others became active meanwhile; a check names its rules.</summary>
    private static ContentHash? PinnedRules(Plan plan, PlanCommand command) => command switch
    {
        PlanCommand.CompleteTransition => plan.Pending?.RulebookHash,
        PlanCommand.CheckCompliance check => check.RulebookHash,
        _ => null,
    };
}
