using System.Collections.Immutable;
using Planning.Artifacts;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Kinds;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Gates;

/// <summary>What a gate run looks at: the plan, and its artifacts as they were when the run was asked for.</summary>
/// <param name="Artifacts">Content and evidence, by name.</param>
/// <param name="At">When the run was asked for; validators take "now" from here.</param>
/// <param name="Workspace">Other plans of the same workspace, for dependencies and baselines.</param>
public sealed record GateInput(
    Plan Plan, ImmutableArray<GateArtifact> Artifacts, Rulebook Rules, DateTimeOffset At, IWorkspacePlans Workspace)
{
    /// <summary>Environments that the plan has booked.</summary>
    public ImmutableArray<PlanBooking> Bookings { get; init; } = [];

    public GateArtifact? Find(string name) => Artifacts.FirstOrDefault(a => a.Name == name);

    /// <summary>Artifacts of one kind, by name.</summary>
    public IEnumerable<GateArtifact> OfKind(ArtifactKind kind) => Artifacts.Where(a => a.Kind == kind);
}

/// <summary>An artifact under the name it is attached as.</summary>
/// <param name="Evidence">Whether it is no part of the content that is approved and sealed.</param>
public sealed record GateArtifact(string Name, ContentHash Hash, bool Evidence, ArtifactContent Content)
{
    /// <summary>Told from the name alone, so that name and hash say all that a cached result depends on.</summary>
    public ArtifactKind Kind { get; } = ArtifactKinds.Of(Name);

    public ParsedArtifact Parsed => Content.Parsed;

    /// <summary>The artifact as a typed reader sees it; read once for all validators.</summary>
    public ReadResult<T> Read<T>(Func<ParsedArtifact, ReadResult<T>> reader) where T : class => Content.Read(reader);
}
