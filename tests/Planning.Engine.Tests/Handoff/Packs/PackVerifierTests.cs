using Planning.Domain.Rulebooks;
using Planning.Engine.Handoff.Packs;
using Planning.Engine.Tests.Handoff.Support;
using Xunit;

namespace Planning.Engine.Tests.Handoff.Packs;

public sealed class PackVerifierTests
{
    [Fact]
    public async Task A_sealed_pack_with_trusted_keys_is_verified()
    {
        var verdict = PackVerifier.Verify(await SealedPack.BytesAsync(), SealedPack.Trust);

        var summary = Assert.IsType<PackVerdict.Verified>(verdict).Summary;
        Assert.Equal(["per_lead", "per_reviewer"], summary.Signatures.Select(s => s.Signer.Value));
    }

    [Fact]
    public async Task Without_trust_the_best_answer_is_intact_but_untrusted() =>
        Assert.IsType<PackVerdict.IntactButUntrusted>(PackVerifier.Verify(await SealedPack.BytesAsync(), trust: null));

    [Fact]
    public async Task A_pack_forged_in_full_with_foreign_keys_is_intact_without_trust_and_rejected_with_it()
    {
        var (lead, reviewer) = (new TestSigner("per_lead", Domain.Role.PlanningLead), TestSigner.Stranger);
        var forged = PackEdit.Forge(await SealedPack.BytesAsync(), pack => pack.Manifest()["snapshot_rev"] = "git:evil", lead, reviewer);

        Assert.IsType<PackVerdict.IntactButUntrusted>(PackVerifier.Verify(forged, trust: null));
        var fault = PackEdit.Fault(forged, SealedPack.Trust);
        Assert.Equal(("key_not_trusted", "The pack is signed by keys you do not trust.", lead.Fingerprint), (fault.Code, fault.What, fault.Found));
    }

    [Fact]
    public async Task Every_signer_must_be_trusted_not_only_one()
    {
        var fault = PackEdit.Fault(await SealedPack.BytesAsync(), TrustedKeys.Of(TestSigner.Lead.Fingerprint));

        Assert.Equal(("key_not_trusted", "signature of per_reviewer (technical_reviewer)"), (fault.Code, fault.Where));
    }

    [Fact]
    public async Task A_key_trusted_in_one_role_signs_in_no_other()
    {
        var trust = SealedPack.Trust.And(TrustedKeysReader.Read($"{TestSigner.Lead.Fingerprint} technical_reviewer\n", "keys.txt"));

        var fault = PackEdit.Fault(await SealedPack.BytesAsync(), trust);

        Assert.Equal(("role_not_trusted", "technical_reviewer", "planning_lead"), (fault.Code, fault.Expected, fault.Found));
    }

    [Fact]
    public async Task A_seal_of_the_PSS_kind_is_verified_too()
    {
        var world = new HandoffWorld(SealAlgorithm.RsaPssSha256);
        var pack = await world.PackAsync(await world.SealAsync());

        Assert.IsType<PackVerdict.Verified>(PackVerifier.Verify(pack, SealedPack.Trust));
    }

    [Fact]
    public async Task The_summary_parts_what_is_signed_from_what_is_only_carried()
    {
        var summary = Assert.IsType<PackVerdict.Verified>(PackVerifier.Verify(await SealedPack.BytesAsync(), SealedPack.Trust)).Summary;

        Assert.Equal(["run_1", "run_2"], summary.Manifest.Manifest.GateRuns.Select(r => r.RunId.Value));
        Assert.Equal(["run_3"], summary.Carried.GateRuns.Select(r => r.Value));
        // Later evidence, approval, gate 3 started, transition, execution report.
        Assert.Equal((5, 2), (summary.Carried.EventsAfterSeal, summary.Carried.Keys));
    }
}
