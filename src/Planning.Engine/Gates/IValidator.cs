using System.Collections.Immutable;
using Planning.Artifacts;
using Planning.Artifacts.Documents;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Gates;

/// <summary>One check of a gate. It reads what the run saw and answers with findings; it changes nothing and keeps nothing.</summary>
public interface IValidator
{
    /// <summary>As <c>gates.yaml</c> names it.</summary>
    string Type { get; }

    /// <summary>Raised whenever the same input may give other findings; part of the cache's key.</summary>
    string Version { get; }

    /// <summary>Every finding, not the first. A finding of severity error fails the gate unless it is waived.</summary>
    ValueTask<IReadOnlyList<Finding>> ValidateAsync(GateInput input, ValidatorDefinition definition, CancellationToken cancellation);
}

/// <summary>What a gate run looks at: the plan, and its artifacts as they were when the run was asked for.</summary>
/// <param name="At">When the run was asked for; validators take "now" from here.</param>
/// <param name="Workspace">Other plans of the same workspace, for dependencies and baselines.</param>
public sealed record GateInput(
    Plan Plan, ImmutableArray<GateArtifact> Artifacts, Rulebook Rules, DateTimeOffset At, IWorkspacePlans Workspace)
{
    public GateArtifact? Find(string name) => Artifacts.FirstOrDefault(a => a.Name == name);
}

/// <summary>An artifact with its bytes, parsed once for all validators of a run.</summary>
public sealed class GateArtifact(ArtifactRef reference, ReadOnlyMemory<byte> bytes, Lazy<ParsedArtifact> parsed)
{
    public string Name => reference.Name;
    public ContentHash Hash => reference.Hash;
    public string Kind => reference.Kind;
    public bool Evidence => reference.Evidence;
    public ReadOnlyMemory<byte> Bytes => bytes;
    public ParsedArtifact Parsed => parsed.Value;
}

/// <summary>What a validator may ask about the rest of the workspace.</summary>
public interface IWorkspacePlans
{
    /// <summary>The bytes of another plan's artifact; null where there is no such plan or artifact.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ArtifactOfAsync(PlanId plan, string artifact, CancellationToken cancellation);

    /// <summary>The plan of this stream that was last executed, other than the one at hand; null for a stream's first.</summary>
    ValueTask<Plan?> LastExecutedAsync(string stream, PlanId except, CancellationToken cancellation);
}
