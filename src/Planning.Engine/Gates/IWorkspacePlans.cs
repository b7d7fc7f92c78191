using System.Collections.Immutable;
using Planning.Artifacts.Kinds;
using Planning.Domain;
using Planning.Domain.Plans;

namespace Planning.Engine.Gates;

/// <summary>What a validator may ask about the rest of the workspace.</summary>
public interface IWorkspacePlans
{
    /// <summary>Null when the workspace has no such plan.</summary>
    ValueTask<Plan?> FindAsync(PlanId plan, CancellationToken cancellation);

    /// <summary>The plan of this stream that was last executed, other than the one at hand; null for a stream's first.</summary>
    ValueTask<Plan?> LastExecutedAsync(string stream, PlanId except, CancellationToken cancellation);

    /// <summary>Another plan's artifacts of one kind, as they are now.</summary>
    /// <exception cref="GateInputException">Stored bytes are missing or damaged.</exception>
    ValueTask<ImmutableArray<GateArtifact>> ArtifactsAsync(Plan plan, ArtifactKind kind, CancellationToken cancellation);
}

/// <summary>A gate run cannot be judged for what it was given: bytes are missing, the rulebook has no such gate.</summary>
public sealed class GateInputException : Exception
{
    public GateInputException() { }
    public GateInputException(string message) : base(message) { }
    public GateInputException(string message, Exception inner) : base(message, inner) { }
}
