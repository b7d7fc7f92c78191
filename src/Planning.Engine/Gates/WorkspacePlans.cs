using System.Collections.Immutable;
using Planning.Artifacts.Kinds;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Entities;
using Planning.Engine.Reactors;
using Planning.Engine.Reads;

namespace Planning.Engine.Gates;

/// <summary>
/// Other plans, read when a validator asks. Remembers that somebody asked: such a result holds for this run only.
/// An outage is no crash of the validator; it lets the whole run be tried again.
/// </summary>
internal sealed class WorkspacePlans(WorkspaceId workspace, IEntityHost host, IReadModels reads, ArtifactLoader loader) : IWorkspacePlans
{
    private volatile bool asked;

    public bool WasAsked => asked;

    public ValueTask<Plan?> FindAsync(PlanId plan, CancellationToken cancellation) => AskAsync(
        async () => await host.ReadAsync(EntityKey.Of(workspace, plan), cancellation) is { Exists: true } found ? (Plan)found.State : null);

    public ValueTask<Plan?> LastExecutedAsync(string stream, PlanId except, CancellationToken cancellation) => AskAsync(
        async () => await reads.LastExecutedAsync(workspace, stream, except, cancellation) is { } plan
            ? (Plan)(await host.ReadAsync(EntityKey.Of(workspace, plan), cancellation)).State
            : null);

    public ValueTask<ImmutableArray<GateArtifact>> ArtifactsAsync(Plan plan, ArtifactKind kind, CancellationToken cancellation) => AskAsync(async () =>
    {
        var artifacts = ImmutableArray.CreateBuilder<GateArtifact>();
        foreach (var (name, artifact) in plan.Artifacts)
        {
            if (ArtifactKinds.Of(name) != kind)
                continue;
            artifacts.Add(await loader.LoadAsync(workspace, name, artifact.Hash, artifact.Evidence, cancellation)
                ?? throw new GateInputException($"{name} of plan {plan.Id} is missing or damaged ({artifact.Hash}). Restore it from the backup copy."));
        }
        return artifacts.ToImmutable();
    });

    private async ValueTask<T> AskAsync<T>(Func<Task<T>> question)
    {
        asked = true;
        try
        {
            return await question();
        }
        catch (Exception e) when (e is not (OperationCanceledException or GateInputException))
        {
            throw new ReactionFailedException("Other plans of the workspace cannot be read now.", e);
        }
    }
}
