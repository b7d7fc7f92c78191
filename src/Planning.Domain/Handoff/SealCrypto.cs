using System.Security.Cryptography;
using Planning.Domain.Rulebooks;

namespace Planning.Domain.Handoff;

/// <summary>RSA over the digest of the canonical manifest (RFC 8017). Pure: keys and digests come in, a verdict comes out.</summary>
public static class SealCrypto
{
    public const int MinKeyBits = 2048;

    /// <summary>False also for texts that are no Base64, no PEM, or no RSA key of at least <see cref="MinKeyBits"/>.</summary>
    public static bool Verify(string publicKeyPem, SealAlgorithm algorithm, ContentHash digest, string signature)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(publicKeyPem);
            return rsa.KeySize >= MinKeyBits
                && rsa.VerifyHash(Bytes(digest), Convert.FromBase64String(signature), HashAlgorithmName.SHA256, Padding(algorithm));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or FormatException)
        {
            return false;
        }
    }

    /// <summary>Base64 of the signature over the digest.</summary>
    /// <exception cref="CryptographicException">The key is no private RSA key.</exception>
    public static string Sign(RSA privateKey, SealAlgorithm algorithm, ContentHash digest) =>
        Convert.ToBase64String(privateKey.SignHash(Bytes(digest), HashAlgorithmName.SHA256, Padding(algorithm)));

    /// <summary><c>sha256:</c> and the hexadecimal SHA-256 of the SubjectPublicKeyInfo.</summary>
    /// <exception cref="ArgumentException">The text is no PEM of a key.</exception>
    public static string Fingerprint(string publicKeyPem)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(publicKeyPem);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo()));
    }

    private static byte[] Bytes(ContentHash digest) => Convert.FromHexString(digest.Value.AsSpan("sha256:".Length));

    private static RSASignaturePadding Padding(SealAlgorithm algorithm) =>
        algorithm == SealAlgorithm.RsaPssSha256 ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
}
