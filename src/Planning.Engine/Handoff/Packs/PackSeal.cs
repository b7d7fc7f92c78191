using System.Security.Cryptography;
using Planning.Domain;
using Planning.Domain.Handoff;

namespace Planning.Engine.Handoff.Packs;

/// <summary>Whether the seal is one: signatures, keys, persons, roles.</summary>
internal static class PackSeal
{
    public static IEnumerable<PackFault> SignatureFaults(PackContents contents) =>
        contents.Pack.Signatures.SelectMany(s => SignatureFaults(contents, s));

    public static IEnumerable<PackFault> SignerFaults(PackContents contents)
    {
        var (signatures, manifest) = (contents.Pack.Signatures, contents.Pack.Manifest.Manifest);
        if (Twice(signatures, s => s.Signer.Value) is { } person)
            yield return new PackFault("same_person_twice", "One person has signed twice; each signer is another person.", person, "distinct persons", $"{person} twice");
        if (Twice(signatures, s => s.KeyFingerprint) is { } key)
            yield return new PackFault("same_key_twice", "One key has signed twice; each signer has a key of their own.", key, "distinct keys", "the same key twice");
        foreach (var role in manifest.Seal.RequiredSigners)
        {
            if (signatures.All(s => s.Role != role))
                yield return new PackFault("role_missing", "A required signature is missing.", "signatures", Snake.Case(role.ToString()), Names(signatures.Select(s => s.Role)));
        }
        foreach (var stranger in signatures.Where(s => !manifest.Seal.RequiredSigners.Contains(s.Role)))
            yield return new PackFault("role_not_required", "A signature has a role that the seal does not ask for.", $"signature of {stranger.Signer}", Names(manifest.Seal.RequiredSigners), Names([stranger.Role]));
        if (signatures.Any(s => s.Signer == manifest.Author))
            yield return new PackFault("author_signed", "The author of the plan has signed it; the author never signs.", $"signature of {manifest.Author}", "another person", manifest.Author.Value);
    }

    private static IEnumerable<PackFault> SignatureFaults(PackContents contents, PackSignature s)
    {
        var where = $"signature of {s.Signer} ({Snake.Case(s.Role.ToString())})";
        var asked = contents.Pack.Manifest.Manifest.Seal.Algorithm;
        if (SealAlgorithms.Find(asked) is not { } algorithm)
        {
            yield return new PackFault("algorithm_unknown", "The seal asks for an algorithm that this release does not know.", "manifest", $"{SealAlgorithms.Pkcs1} or {SealAlgorithms.Pss}", asked);
            yield break;
        }
        if (s.Algorithm != asked)
            yield return new PackFault("algorithm_mismatch", "The signature was not made with the algorithm of the seal.", where, asked, s.Algorithm);
        if (FingerprintOf(s.PublicKeyPem) is var fingerprint && fingerprint != s.KeyFingerprint)
            yield return new PackFault("fingerprint_mismatch", "The public key is not the one that the fingerprint names.", where, s.KeyFingerprint, fingerprint);
        if (!SealCrypto.Verify(s.PublicKeyPem, algorithm, contents.ManifestDigest, s.Value))
            yield return new PackFault("signature_invalid", "The signature does not fit the manifest and the key.", where, $"a signature of {contents.ManifestDigest} by {s.KeyFingerprint}", "another");
        if (KeyFault(contents, s, where) is { } key)
            yield return key;
    }

    private static PackFault? KeyFault(PackContents contents, PackSignature s, string where)
    {
        var registered = contents.Pack.Keys.Where(k => k.Fingerprint == s.KeyFingerprint).ToArray();
        if ((registered.FirstOrDefault(k => k.Person == s.Signer && k.Role == s.Role) ?? registered.FirstOrDefault()) is not { } key)
            return new PackFault("key_not_registered", "The pack has no registration of the key.", where, s.KeyFingerprint, "nothing");
        if (key.Person != s.Signer || key.Role != s.Role)
            return new PackFault("key_of_another", "The key is registered for another person or role.", where, Holder(key.Person, key.Role), Holder(s.Signer, s.Role));
        if (s.At < key.ValidFrom || s.At >= key.ValidTo)
            return new PackFault("key_not_valid", "The key was not valid when it signed.", where, $"from {key.ValidFrom:O} until {key.ValidTo:O}", $"{s.At:O}");
        if (key.RevokedAt <= s.At)
            return new PackFault("key_revoked", "The key had been revoked when it signed.", where, $"before {key.RevokedAt:O}", $"{s.At:O}");
        return null;
    }

    private static string FingerprintOf(string pem)
    {
        try
        {
            return SealCrypto.Fingerprint(pem);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return "no public RSA key";
        }
    }

    private static string? Twice(IEnumerable<PackSignature> signatures, Func<PackSignature, string> of) =>
        signatures.GroupBy(of).FirstOrDefault(g => g.Count() > 1)?.Key;

    private static string Holder(PersonId person, Role role) => $"{person} as {Snake.Case(role.ToString())}";

    private static string Names(IEnumerable<Role> roles) => string.Join(", ", roles.Select(r => Snake.Case(r.ToString()))) is { Length: > 0 } names ? names : "none";
}
