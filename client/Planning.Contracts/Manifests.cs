namespace Planning.Contracts;

/// <summary>A manifest in a list.</summary>
/// <param name="Digest">SHA-256 of the canonical document: what is signed.</param>
public sealed record ManifestItem(
    string Id, string PlanId, int Number, string Digest, int Signatures, bool Sealed, DateTimeOffset CreatedAt, string? Supersedes = null, DateTimeOffset? SealedAt = null);

/// <param name="Checksums">Artifact name to SHA-256.</param>
/// <param name="Algorithm">rsa_sha256 or rsa_pss_sha256.</param>
/// <param name="MissingSigners">Roles that have not signed yet.</param>
public sealed record ManifestView(
    string Id,
    string PlanId,
    int Number,
    string Digest,
    string ContentHash,
    string RulebookHash,
    IReadOnlyDictionary<string, string> Checksums,
    string Algorithm,
    IReadOnlyList<string> RequiredSigners,
    IReadOnlyList<string> MissingSigners,
    IReadOnlyList<SignatureView> Signatures,
    bool Sealed,
    long Version,
    long Position,
    string? Supersedes = null);

/// <param name="KeyFingerprint">Of a registered public key of the signer's own.</param>
/// <param name="Signature">Base64 of the RSA signature over the digest.</param>
public sealed record SignRequest(string KeyFingerprint, string Signature);

public sealed record SignatureView(string Signer, string Role, string KeyFingerprint, string Algorithm, string Value, DateTimeOffset At);
