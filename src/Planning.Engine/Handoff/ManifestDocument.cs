using System.Collections.Immutable;
using System.Text.Json;
using Planning.Artifacts.Canonical;
using Planning.Domain;
using Planning.Domain.Plans;

namespace Planning.Engine.Handoff;

/// <summary>
/// What is handed over, in the form that is signed: the canonical JSON of this record. Its SHA-256 is what each
/// signer signs. docs/evidence-pack.md explains every member.
/// </summary>
/// <param name="Version">Of the document's shape.</param>
public sealed record ManifestDocument(string Version, ManifestBody Manifest)
{
    public const string PresentVersion = "1.0.0";

    /// <summary>The bytes that are hashed and signed.</summary>
    public byte[] ToCanonicalBytes() => HandoffJson.Canonical(this);

    /// <summary>Reads a document back.</summary>
    /// <exception cref="FormatException">The bytes are not canonical JSON, or not a manifest of a version that this release knows.</exception>
    public static ManifestDocument Read(ReadOnlySpan<byte> canonical)
    {
        if (!CanonicalJson.Canonicalize(canonical).AsSpan().SequenceEqual(canonical))
            throw new FormatException("The manifest is not in canonical form (RFC 8785); only the canonical bytes can be signed.");
        try
        {
            var document = JsonSerializer.Deserialize<ManifestDocument>(canonical, HandoffJson.Options)!;
            return document.Version == PresentVersion
                ? document
                : throw new FormatException($"The manifest has version {document.Version}; this release reads {PresentVersion}. Use the release that wrote it, or a later one.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"This is not a manifest: {e.Message}", e);
        }
    }
}

/// <param name="Number">1, 2, … within the plan.</param>
/// <param name="CreatedAt">When the plan was packaged.</param>
/// <param name="SnapshotRev">The revision that was packed: the plan's tag <c>snapshot_rev</c>, else <c>log:</c> and the position of the packaging event.</param>
/// <param name="Author">Of the plan; never signs.</param>
/// <param name="ContentHash">What approvals bind to; it can be recomputed from the other members.</param>
/// <param name="Checksums">Content artifact to the checksum of its bytes.</param>
/// <param name="Evidence">As <paramref name="Checksums"/>, for the evidence that was there when the plan was packaged.</param>
/// <param name="Waivers">In force when the plan was packaged, or applied by one of the runs.</param>
public sealed record ManifestBody(
    ManifestId Id,
    PlanId PlanId,
    WorkspaceId Workspace,
    int Number,
    DateTimeOffset CreatedAt,
    string SnapshotRev,
    PersonId Author,
    ContentHash ContentHash,
    string Stream,
    ImmutableSortedDictionary<string, string> Tags,
    ImmutableSortedDictionary<string, ContentHash> Checksums,
    ImmutableSortedDictionary<string, ContentHash> Evidence,
    ContentHash RulebookHash,
    ImmutableArray<ManifestGateRun> GateRuns,
    ImmutableArray<Waiver> Waivers,
    ManifestSeal Seal,
    PlanWindow? Window = null,
    PersonId? EmergencyContact = null,
    string? RollbackPlan = null,
    ManifestId? Supersedes = null);

/// <summary>A gate that the plan passed on its way to the manifest.</summary>
/// <param name="ContentHash">The content that the run saw; a repackaged plan passed its first gate with earlier content.</param>
/// <param name="ReportDigest">SHA-256 of the canonical JSON of the run's report: the signature covers every finding.</param>
public sealed record ManifestGateRun(
    string Gate,
    GateRunId RunId,
    Domain.Gates.GateOutcome Outcome,
    ContentHash ContentHash,
    ContentHash RulebookHash,
    ImmutableArray<ManifestValidator> Validators,
    int FindingCount,
    ContentHash ReportDigest);

public sealed record ManifestValidator(string Name, string Version, string ParametersHash, bool Passed, int FindingCount);

/// <param name="Algorithm"><c>RSA-SHA256</c> or <c>RSA-PSS-SHA256</c>.</param>
/// <param name="RequiredSigners">One distinct person with a key of their own for each.</param>
public sealed record ManifestSeal(string Algorithm, ImmutableArray<Role> RequiredSigners);
