using Planning.Domain;
using Planning.Engine.Handoff.Packs;
using Planning.Engine.Tests.Handoff.Support;
using Xunit;

namespace Planning.Engine.Tests.Handoff.Packs;

public sealed class TrustedKeysReaderTests
{
    private static readonly string Print = "sha256:" + new string('a', 64);

    [Fact]
    public void Keys_and_fingerprints_are_read_in_any_mixture()
    {
        var trust = TrustedKeysReader.Read(
            $"# our signers\r\n\r\n{TestSigner.Lead.Pem}\n{Print} planning_lead\r\n{TestSigner.Reviewer.Rsa.ExportRSAPublicKeyPem()}", "keys.pem");

        Assert.Equal(
            new Dictionary<string, Role?> { [TestSigner.Lead.Fingerprint] = null, [Print] = Role.PlanningLead, [TestSigner.Reviewer.Fingerprint] = null },
            trust.Roles.ToDictionary());
    }

    [Fact]
    public void A_key_that_is_named_twice_keeps_its_role()
    {
        Assert.Equal(Role.PlanningLead, TrustedKeysReader.Read($"{Print} planning_lead\n{Print}\n", "keys.txt").Roles[Print]);
        Assert.Equal(Role.PlanningLead, TrustedKeysReader.Read($"{Print}\n{Print} planning_lead\n", "keys.txt").Roles[Print]);
    }

    [Fact]
    public void An_empty_file_trusts_nobody() => Assert.Empty(TrustedKeysReader.Read("# nobody\n", "keys.txt").Roles);

    [Theory]
    [InlineData("\nhello\n", "keys.txt, line 2: 'hello' is neither")]
    [InlineData("sha256:abc\n", "keys.txt, line 1: 'sha256:abc' is neither")]
    [InlineData("FINGERPRINT king\n", "there is no role 'king'")]
    [InlineData("FINGERPRINT planning_lead x\n", "is neither")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n", "the last key has no END line")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "keys.txt, line 3: this is no public RSA key")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "keys.txt, line 3: this is no public RSA key")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "keys.txt, line 3: this is a private key")]
    public void A_line_that_cannot_be_read_is_named(string text, string reason)
    {
        var error = Assert.Throws<FormatException>(() => TrustedKeysReader.Read(text.Replace("FINGERPRINT", Print), "keys.txt"));

        Assert.Contains(reason, error.Message);
    }
}
