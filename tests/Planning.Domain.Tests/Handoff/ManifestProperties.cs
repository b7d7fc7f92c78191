using FsCheck;
using FsCheck.Fluent;
using Planning.Domain.Handoff;
using Planning.Domain.Rulebooks;
using Xunit;
using static Planning.Domain.Tests.Handoff.Seals;

namespace Planning.Domain.Tests.Handoff;

public sealed class ManifestProperties
{
    private static readonly (ManifestCommand Command, Actor By)[] Commands =
    [
        (new ManifestCommand.Create(Created), Actor.System),
        (Lead.Sign(), Lead.Actor),
        (Reviewer.Sign(), Reviewer.Actor),
    ];

    [Fact]
    public void A_repeated_command_emits_nothing() =>
        Prop.ForAll(Gen.Elements(Commands).ListOf().ToArbitrary(), commands =>
        {
            var manifest = Manifest.None;
            foreach (var (command, by) in commands)
            {
                if (Decide(manifest, command, by).Rejection is not null)
                    continue;
                manifest = After(manifest, command, by);
                var again = Decide(manifest, command, by);
                if (again.Rejection is not null || again.Events.Count > 0)
                    return false;
            }
            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_flipped_bit_breaks_a_seal() =>
        Prop.ForAll(
            (from pss in Gen.Elements(SealAlgorithm.RsaSha256, SealAlgorithm.RsaPssSha256)
             from inSignature in Gen.Elements(true, false)
             from bit in Gen.Choose(0, 8 * 32 - 1)
             select (pss, inSignature, bit)).ToArbitrary(),
            given =>
            {
                var signature = SealCrypto.Sign(Lead.Rsa, given.pss, Digest);
                var (changed, digest) = given.inSignature ? (Flip(signature, given.bit), Digest) : (signature, Flip(Digest, given.bit));
                return SealCrypto.Verify(Lead.Pem, given.pss, Digest, signature)
                    && !SealCrypto.Verify(Lead.Pem, given.pss, digest, changed)
                    && !SealCrypto.Verify(Reviewer.Pem, given.pss, Digest, signature);
            }).QuickCheckThrowOnFailure();

    private static string Flip(string base64, int bit)
    {
        var bytes = Convert.FromBase64String(base64);
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return Convert.ToBase64String(bytes);
    }

    private static ContentHash Flip(ContentHash digest, int bit)
    {
        var bytes = Convert.FromHexString(digest.Value.AsSpan("sha256:".Length));
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return new ContentHash("sha256:" + Convert.ToHexStringLower(bytes));
    }
}
