using System.Collections.Immutable;
using Planning.Artifacts;
using Planning.Artifacts.Backlogs;
using Planning.Artifacts.Cycles;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Kinds;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Blobs;

namespace Planning.Engine.Intake;

/// <summary>What became of bytes that were offered as an artifact.</summary>
public abstract record TakenIn
{
    private TakenIn() { }

    /// <param name="Findings">Nothing of this keeps an artifact out; a gate will fail on the errors.</param>
    public sealed record Accepted(ArtifactRef Artifact, IReadOnlyList<Finding> Findings) : TakenIn;

    public sealed record Refused(Rejection Rejection, IReadOnlyList<Finding> Findings) : TakenIn;
}

/// <summary>
/// The way of bytes into a plan: looked at within limits, read for facts, kept by their hash.
/// What exceeds a limit or can be no text is refused; what is merely wrong is taken with findings, because a plan
/// is worked on before it is right, and the gates see to the rest.
/// </summary>
public sealed class ArtifactIntake(IBlobStore blobs, ArtifactLimits limits)
{
    private const string LimitPrefix = "limit.";

    private static readonly HashSet<string> NoText = new(StringComparer.Ordinal) { Rules.Encoding, Rules.Nul, Rules.Surrogate };

    public ArtifactLimits Limits => limits;

    /// <param name="strict">Refuses also what is merely wrong.</param>
    public async ValueTask<TakenIn> TakeAsync(
        WorkspaceId workspace, string name, bool evidence, bool strict, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (ArtifactNames.Refuse(name) is { } badName)
            return new TakenIn.Refused(badName, []);
        var parsed = ArtifactParser.Parse(bytes, name, limits);
        var kind = ArtifactKinds.Of(name);
        var (facts, findings) = Read(kind, parsed);
        if ((RefuseLimit(findings) ?? RefuseNoText(findings) ?? (strict ? RefuseWrong(name, findings) : null)) is { } refused)
            return new TakenIn.Refused(refused, findings);
        var hash = await blobs.PutAsync(workspace, bytes, cancellation);
        return new TakenIn.Accepted(
            new ArtifactRef(name, hash, bytes.Length, Snake.Case(kind.ToString()), evidence, evidence ? null : facts), findings);
    }

    private static (ArtifactFacts? Facts, IReadOnlyList<Finding> Findings) Read(ArtifactKind kind, ParsedArtifact parsed)
    {
        if (kind == ArtifactKind.CycleNotes && parsed.Root is not null)
            return (null, [.. parsed.Findings.Union(CycleNotesReader.Read(parsed).Findings)]);
        if (kind != ArtifactKind.Backlog || parsed.Root is null)
            return (null, parsed.Findings);
        var read = BacklogReader.Read(parsed);
        return (read.Value is { } backlog ? BacklogFacts.Of(backlog) : null, [.. parsed.Findings.Union(read.Findings)]);
    }

    private static Rejection? RefuseLimit(IReadOnlyList<Finding> findings) =>
        findings.FirstOrDefault(f => f.Severity == Severity.Error && f.Rule.StartsWith(LimitPrefix, StringComparison.Ordinal)) is not { } over ? null : Rejection.Invalid(
            "artifact_limit_exceeded",
            $"{Place(over)} {over.Message} {over.Advice}",
            new Blocker("artifact_limit_exceeded", $"{over.Message} {over.Advice}", over.Rule[LimitPrefix.Length..]));

    private static Rejection? RefuseNoText(IReadOnlyList<Finding> findings) =>
        findings.FirstOrDefault(f => NoText.Contains(f.Rule)) is not { } no ? null : Rejection.Invalid(
            "artifact_not_text", $"{Place(no)} {no.Message} {no.Advice}", new Blocker(no.Rule, $"{no.Message} {no.Advice}", no.File));

    private static Rejection? RefuseWrong(string name, IReadOnlyList<Finding> findings)
    {
        var errors = findings.Where(f => f.Severity == Severity.Error).ToArray();
        return errors.Length == 0 ? null : Rejection.Invalid(
            "artifact_invalid",
            $"{name} has {errors.Length} errors; the first: {Place(errors[0])} {errors[0].Message} {errors[0].Advice}",
            [.. errors.Select(f => new Blocker(f.Rule, $"{Place(f)} {f.Message} {f.Advice}", f.File))]);
    }

    private static string Place(Finding f) => $"{f.File}:{f.Line}:{f.Column}:";
}
