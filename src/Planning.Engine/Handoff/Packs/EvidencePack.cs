using System.Collections.Immutable;
using System.Text.Json;
using Planning.Domain;

namespace Planning.Engine.Handoff.Packs;

/// <summary>
/// Everything that proves a handoff, in one file: a single canonical JSON object (RFC 8785). The form leaves no byte
/// free, so that any change of any bit is either no canonical JSON any more or changes the digest.
/// </summary>
/// <param name="Digest">SHA-256 of the canonical JSON of the object without this member.</param>
/// <param name="Index">Member to the SHA-256 of its canonical JSON; tells where a damaged pack is damaged. Blobs carry their own.</param>
/// <param name="Manifest">What the signatures sign.</param>
/// <param name="Keys">The registrations of the keys that signed.</param>
/// <param name="Rulebook">File name to its blob.</param>
/// <param name="GateRuns">The report of every finished run of the plan, before and after the seal, as the log holds it: later releases must find the digest that was signed.</param>
/// <param name="Events">The history of the plan and of the manifest, in log order.</param>
/// <param name="Blobs">SHA-256 to bytes: artifacts, evidence, rulebook files, full gate reports.</param>
public sealed record EvidencePack(
    string Format,
    string Version,
    ContentHash Digest,
    ImmutableSortedDictionary<string, ContentHash> Index,
    ManifestDocument Manifest,
    ImmutableArray<PackSignature> Signatures,
    ImmutableArray<PackKey> Keys,
    ImmutableSortedDictionary<string, ContentHash> Rulebook,
    ImmutableArray<JsonElement> GateRuns,
    ImmutableArray<PackEvent> Events,
    ImmutableSortedDictionary<string, byte[]> Blobs)
{
    public const string PackFormat = "planning-evidence-pack";
    public const string PresentVersion = "1.0.0";

    /// <summary>Of the file's name.</summary>
    public const string Extension = ".pack";
}

/// <param name="Algorithm">See <see cref="SealAlgorithms"/>.</param>
/// <param name="Value">Base64 of the RSA signature over the manifest's digest.</param>
/// <param name="At">When the backend took the signature; the key was valid then.</param>
public sealed record PackSignature(
    PersonId Signer, Role Role, string KeyFingerprint, string PublicKeyPem, string Algorithm, string Value, DateTimeOffset At);

/// <summary>A key as it was registered.</summary>
public sealed record PackKey(
    string Fingerprint, string PublicKeyPem, PersonId Person, Role Role, DateTimeOffset ValidFrom, DateTimeOffset ValidTo, DateTimeOffset? RevokedAt = null);

/// <summary>An event as the log holds it.</summary>
/// <param name="Meta">Who, and in which trace.</param>
public sealed record PackEvent(
    string Id,
    string Type,
    int SchemaVersion,
    DateTimeOffset Timestamp,
    int Partition,
    long Position,
    EntityKind EntityKind,
    string EntityId,
    long EntityVersion,
    string CommandId,
    JsonElement Payload,
    JsonElement? Meta = null);
