using System.Collections.Immutable;
using System.Diagnostics;

namespace Planning.Domain.Handoff;

/// <summary>The immutable list of what is handed over, and who has signed it.</summary>
public sealed record Manifest(ManifestEvent.ManifestCreated? Created, ImmutableArray<Signature> Signatures, bool IsSealed)
{
    public static Manifest None { get; } = new(null, [], IsSealed: false);

    public bool Exists => Created is not null;

    /// <summary>Roles that have not signed yet.</summary>
    public IEnumerable<Role> Unsigned => Created is null ? [] : Created.RequiredSigners.Except(Signatures.Select(s => s.Role));
}

/// <summary>Created once, signed by distinct persons with distinct keys, sealed with the last required signature.</summary>
public sealed class ManifestDecider : IDecider<Manifest, ManifestCommand, ManifestEvent>
{
    public static Manifest Initial => Manifest.None;

    public static Decision<ManifestEvent> Decide(Manifest manifest, ManifestCommand command, Issued issued) => command switch
    {
        ManifestCommand.Create create => Create(manifest, create, issued),
        ManifestCommand.Sign sign => Sign(manifest, sign, issued),
        _ => throw new UnreachableException($"A manifest knows no command {command.GetType().Name}."),
    };

    public static Manifest Evolve(Manifest manifest, ManifestEvent happened) => happened switch
    {
        ManifestEvent.ManifestCreated e => new Manifest(e, [], IsSealed: false),
        ManifestEvent.ManifestSigned e => manifest with { Signatures = manifest.Signatures.Add(e.Signature) },
        ManifestEvent.ManifestSealed => manifest with { IsSealed = true },
        _ => throw new UnreachableException($"A manifest knows no event {happened.GetType().Name}."),
    };

    private static Decision<ManifestEvent> Create(Manifest manifest, ManifestCommand.Create create, Issued issued)
    {
        if (Permissions.Refuse(issued.By, Permission.ContinueProcess) is { } refused)
            return refused;
        return manifest.Exists ? Decision<ManifestEvent>.Nothing : create.Manifest;
    }

    private static Decision<ManifestEvent> Sign(Manifest manifest, ManifestCommand.Sign sign, Issued issued)
    {
        if (manifest.Created is not { } created)
            return Rejection.NotFound("manifest_not_found", "There is no manifest with this id in this workspace.");
        if (manifest.Signatures.Any(s => s.Signer == issued.By.Id && s.KeyFingerprint == sign.KeyFingerprint && s.Value == sign.Signature))
            return Decision<ManifestEvent>.Nothing;
        if (Refuse(manifest, created, sign, issued) is { } refused)
            return refused;

        var key = sign.Key!;
        var signed = new ManifestEvent.ManifestSigned(
            new Signature(issued.By.Id, key.Role, key.Fingerprint, key.PublicKeyPem, created.Algorithm, sign.Signature, issued.At));
        var after = Evolve(manifest, signed);
        return after.Unsigned.Any()
            ? signed
            : Decision<ManifestEvent>.Accept(
                signed, new ManifestEvent.ManifestSealed(created.ManifestId, created.Digest, [.. after.Signatures.Select(s => s.KeyFingerprint)]));
    }

    /// <summary>Who may sign, with which key, and whether the signature is one.</summary>
    private static Rejection? Refuse(Manifest manifest, ManifestEvent.ManifestCreated created, ManifestCommand.Sign sign, Issued issued)
    {
        if (sign.Key is not { } key)
            return Rejection.Invalid("signer_unknown", $"No key with the fingerprint {sign.KeyFingerprint} is registered. Have an admin register the public key first.");
        if (Permissions.Refuse(issued.By, key.Role == Role.PlanningLead ? Permission.SignAsLead : Permission.SignAsReviewer) is { } refused)
            return refused;
        if (key.Person != issued.By.Id)
            return Rejection.Forbidden("key_of_another_person", $"The key {key.Fingerprint} belongs to {key.Person}, not to {issued.By.Id}. Sign with a key of your own.");
        if (issued.By.Id == created.Author)
            return Rejection.Forbidden("author_cannot_sign", $"{issued.By.Id} wrote the plan; the author never signs it.");
        if (manifest.IsSealed)
            return Rejection.Conflict("manifest_sealed", $"Manifest {created.ManifestId} is sealed and never changes.");
        if (sign.CurrentManifest is { } current && current != created.ManifestId)
            return Rejection.Conflict("manifest_superseded", $"Manifest {created.ManifestId} was superseded by {current}. Sign that one.");
        if (sign.CurrentManifest is null)
            return Rejection.Conflict("manifest_void", $"Manifest {created.ManifestId} is void: the plan's content was edited after it was packaged.");
        if (!created.RequiredSigners.Contains(key.Role))
            return Rejection.Invalid("signer_not_required", $"The seal asks for {Names(created.RequiredSigners)}, not for {Snake.Case(key.Role.ToString())}.");
        if (manifest.Signatures.Any(s => s.Signer == issued.By.Id))
            return Rejection.Conflict("already_signed", $"{issued.By.Id} has signed this manifest; each signer is another person. Missing: {Names(manifest.Unsigned)}.");
        if (manifest.Signatures.Any(s => s.Role == key.Role))
            return Rejection.Conflict("role_already_signed", $"A {Snake.Case(key.Role.ToString())} has signed already. Missing: {Names(manifest.Unsigned)}.");
        if (key.RevokedAt <= issued.At)
            return Rejection.Forbidden("key_revoked", $"The key {key.Fingerprint} was revoked at {key.RevokedAt:O}. Register a new one.");
        if (issued.At < key.ValidFrom || issued.At >= key.ValidTo)
            return Rejection.Forbidden("key_not_valid", $"The key {key.Fingerprint} is valid from {key.ValidFrom:O} until {key.ValidTo:O}. Register a new one.");
        return SealCrypto.Verify(key.PublicKeyPem, created.Algorithm, created.Digest, sign.Signature)
            ? null
            : Rejection.Invalid("signature_invalid", $"The signature does not fit manifest {created.ManifestId} and key {key.Fingerprint}. Sign the canonical manifest ({created.Digest}) again.");
    }

    private static string Names(IEnumerable<Role> roles) => string.Join(", ", roles.Select(r => Snake.Case(r.ToString())));
}
