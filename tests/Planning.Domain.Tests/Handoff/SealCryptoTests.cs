using System.Security.Cryptography;
using Planning.Domain.Handoff;
using Planning.Domain.Rulebooks;
using Xunit;
using static Planning.Domain.Tests.Handoff.Seals;

namespace Planning.Domain.Tests.Handoff;

public sealed class SealCryptoTests
{
    [Fact]
    public void A_key_that_is_too_short_signs_nothing()
    {
        using var small = RSA.Create(1024);

        Assert.False(SealCrypto.Verify(small.ExportSubjectPublicKeyInfoPem(), SealAlgorithm.RsaSha256, Digest, SealCrypto.Sign(small, SealAlgorithm.RsaSha256, Digest)));
    }

    [Fact]
    public void A_key_of_another_kind_signs_nothing()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.False(SealCrypto.Verify(curve.ExportSubjectPublicKeyInfoPem(), SealAlgorithm.RsaSha256, Digest, "AAAA"));
    }

    [Fact]
    public void A_fingerprint_does_not_depend_on_how_the_key_was_written() =>
        Assert.Equal(SealCrypto.Fingerprint(Lead.Rsa.ExportRSAPublicKeyPem()), SealCrypto.Fingerprint(Lead.Pem));

    [Fact]
    public void A_fingerprint_is_the_hash_of_the_public_key_info() =>
        Assert.Equal("sha256:" + Convert.ToHexStringLower(SHA256.HashData(Lead.Rsa.ExportSubjectPublicKeyInfo())), SealCrypto.Fingerprint(Lead.Pem));
}
