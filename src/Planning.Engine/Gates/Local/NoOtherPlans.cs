using System.Collections.Immutable;
using Planning.Artifacts.Kinds;
using Planning.Domain;
using Planning.Domain.Plans;

namespace Planning.Engine.Gates.Local;

/// <summary>The workspace of files that belong to none.</summary>
internal sealed class NoOtherPlans : IWorkspacePlans
{
    public static NoOtherPlans Instance { get; } = new();

    public ValueTask<Plan?> FindAsync(PlanId plan, CancellationToken cancellation) => default;

    public ValueTask<Plan?> LastExecutedAsync(string stream, PlanId except, CancellationToken cancellation) => default;

    public ValueTask<ImmutableArray<GateArtifact>> ArtifactsAsync(Plan plan, ArtifactKind kind, CancellationToken cancellation) =>
        ValueTask.FromResult(ImmutableArray<GateArtifact>.Empty);
}
