using System.Collections.Immutable;
using Planning.Domain.Rulebooks;

namespace Planning.Domain.Handoff;

public abstract record ManifestEvent
{
    private ManifestEvent() { }

    /// <param name="Digest">SHA-256 of the manifest's canonical JSON (RFC 8785): what the signers sign.</param>
    /// <param name="Document">The blob that holds those bytes.</param>
    /// <param name="Author">Of the plan; never signs.</param>
    public sealed record ManifestCreated(
        ManifestId ManifestId,
        PlanId PlanId,
        int Number,
        ContentHash Digest,
        ContentHash Document,
        ContentHash ContentHash,
        ContentHash RulebookHash,
        ImmutableSortedDictionary<string, ContentHash> Checksums,
        PersonId Author,
        SealAlgorithm Algorithm,
        ImmutableArray<Role> RequiredSigners,
        ManifestId? Supersedes) : ManifestEvent;

    public sealed record ManifestSigned(Signature Signature) : ManifestEvent;

    /// <summary>Every required signer has signed; from here on the manifest never changes.</summary>
    public sealed record ManifestSealed(ManifestId ManifestId, ContentHash Digest, ImmutableArray<string> KeyFingerprints) : ManifestEvent;
}

/// <param name="Value">Base64.</param>
/// <param name="At">The ledger's time, not the signer's; the key was valid then.</param>
public sealed record Signature(
    PersonId Signer, Role Role, string KeyFingerprint, string PublicKeyPem, SealAlgorithm Algorithm, string Value, DateTimeOffset At);

/// <summary>A public key as it was registered when the signature came in.</summary>
public sealed record RegisteredKey(
    string Fingerprint, string PublicKeyPem, PersonId Person, Role Role, DateTimeOffset ValidFrom, DateTimeOffset ValidTo, DateTimeOffset? RevokedAt);

public abstract record ManifestCommand
{
    private ManifestCommand() { }

    /// <summary>Only the backend itself sends this.</summary>
    public sealed record Create(ManifestEvent.ManifestCreated Manifest) : ManifestCommand;

    /// <param name="Key">Null when no such key is registered in the workspace.</param>
    /// <param name="CurrentManifest">The plan's current manifest as the caller last saw it.</param>
    public sealed record Sign(string KeyFingerprint, string Signature, RegisteredKey? Key, ManifestId? CurrentManifest) : ManifestCommand;
}
