using Planning.Domain.Handoff;
using Planning.Domain.Rulebooks;
using Xunit;
using static Planning.Domain.Tests.Handoff.Seals;

namespace Planning.Domain.Tests.Handoff;

public sealed class ManifestTests
{
    [Fact]
    public void The_last_required_signature_seals()
    {
        var decision = Decide(SignedByLead, Reviewer.Sign(), Reviewer.Actor);

        Assert.Collection(
            decision.Events,
            e => Assert.Equal(Reviewer.Actor.Id, Assert.IsType<ManifestEvent.ManifestSigned>(e).Signature.Signer),
            e => Assert.Equal<IEnumerable<string>>([Lead.Key.Fingerprint, Reviewer.Key.Fingerprint], Assert.IsType<ManifestEvent.ManifestSealed>(e).KeyFingerprints));
    }

    [Fact]
    public void The_first_of_two_signatures_does_not_seal()
    {
        Assert.IsType<ManifestEvent.ManifestSigned>(Assert.Single(Decide(Unsigned, Reviewer.Sign(), Reviewer.Actor).Events));
        Assert.Equal([Role.TechnicalReviewer], SignedByLead.Unsigned);
        Assert.False(SignedByLead.IsSealed);
        Assert.True(Sealed.IsSealed);
    }

    [Fact]
    public void A_signature_bears_the_time_of_the_command_and_the_registered_key()
    {
        var signature = Assert.Single(SignedByLead.Signatures);

        Assert.Equal((At, Lead.Pem, Role.PlanningLead, SealAlgorithm.RsaSha256), (signature.At, signature.PublicKeyPem, signature.Role, signature.Algorithm));
    }

    [Theory]
    [InlineData(SealAlgorithm.RsaSha256, SealAlgorithm.RsaSha256, true)]
    [InlineData(SealAlgorithm.RsaPssSha256, SealAlgorithm.RsaPssSha256, true)]
    [InlineData(SealAlgorithm.RsaSha256, SealAlgorithm.RsaPssSha256, false)]
    [InlineData(SealAlgorithm.RsaPssSha256, SealAlgorithm.RsaSha256, false)]
    public void A_signature_counts_only_with_the_algorithm_of_the_seal(SealAlgorithm asked, SealAlgorithm used, bool accepted)
    {
        var decision = Decide(Fold(Created with { Algorithm = asked }), Lead.Sign(used), Lead.Actor);

        Assert.Equal(accepted ? null : "signature_invalid", decision.Rejection?.Code);
    }

    [Fact]
    public void Only_the_backend_makes_a_manifest()
    {
        Assert.Equal("role_missing", Decide(Manifest.None, new ManifestCommand.Create(Created), Lead.Actor).Rejection?.Code);
        Assert.Equal(Created, Assert.Single(Decide(Manifest.None, new ManifestCommand.Create(Created), Actor.System).Events));
        Assert.Empty(Manifest.None.Unsigned);
    }

    [Fact]
    public void A_made_manifest_is_not_made_again()
    {
        var decision = Decide(Sealed, new ManifestCommand.Create(Created with { Number = 2 }), Actor.System);

        Assert.Null(decision.Rejection);
        Assert.Empty(decision.Events);
    }

    [Fact]
    public void A_new_manifest_has_no_signatures() => Assert.Empty(ManifestDecider.Evolve(Sealed, Created).Signatures);
}
