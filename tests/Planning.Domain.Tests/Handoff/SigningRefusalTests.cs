using Planning.Domain.Handoff;
using Xunit;
using static Planning.Domain.Tests.Handoff.Seals;

namespace Planning.Domain.Tests.Handoff;

/// <summary>Each line: who does what wrong, and the code of the refusal.</summary>
public sealed class SigningRefusalTests
{
    private static readonly SignerOfTests SecondLead = new("per_second_lead", Role.PlanningLead);
    private static readonly SignerOfTests LeadAsReviewer = new("per_lead", Role.TechnicalReviewer) { Rsa = Reviewer.Rsa };
    private static readonly Actor LeadWithBothRoles = new(Lead.Actor.Id, ActorKind.Person, [Role.PlanningLead, Role.TechnicalReviewer]);

    internal static IReadOnlyDictionary<string, (Manifest Manifest, ManifestCommand Command, Actor By, string Code)> Cases { get; } =
        new Dictionary<string, (Manifest, ManifestCommand, Actor, string)>
        {
            ["there is no manifest"] = (Manifest.None, Lead.Sign(), Lead.Actor, "manifest_not_found"),
            ["the key is not registered"] = (Unsigned, Lead.Sign() with { Key = null }, Lead.Actor, "signer_unknown"),
            ["a service signs"] = (Unsigned, Lead.Sign(), Lead.Actor with { Kind = ActorKind.Service }, "person_required"),
            ["the backend signs"] = (Unsigned, Lead.Sign(), Actor.System, "system_not_allowed"),
            ["a planner signs with a lead's key"] = (Unsigned, Lead.Sign(), Lead.Actor with { Roles = [Role.Planner] }, "role_missing"),
            ["a reviewer signs with a lead's key"] = (Unsigned, Lead.Sign(), Lead.Actor with { Roles = [Role.TechnicalReviewer] }, "role_missing"),
            ["a lead signs with a reviewer's key"] = (Unsigned, Reviewer.Sign(), Reviewer.Actor with { Roles = [Role.PlanningLead] }, "role_missing"),
            ["another lead's key"] = (Unsigned, Lead.Sign(), SecondLead.Actor, "key_of_another_person"),
            ["the author signs"] = (Fold(Created with { Author = Lead.Actor.Id }), Lead.Sign(), Lead.Actor, "author_cannot_sign"),
            ["it is sealed"] = (Sealed, SecondLead.Sign(), SecondLead.Actor, "manifest_sealed"),
            ["another manifest is the current one"] = (Unsigned, Lead.Sign() with { CurrentManifest = new ManifestId("hnd_2") }, Lead.Actor, "manifest_superseded"),
            ["the plan was edited"] = (Unsigned, Lead.Sign() with { CurrentManifest = null }, Lead.Actor, "manifest_void"),
            ["the seal asks for no lead"] = (Fold(Created with { RequiredSigners = [Role.TechnicalReviewer] }), Lead.Sign(), Lead.Actor, "signer_not_required"),
            ["the same person twice"] = (SignedByLead, LeadAsReviewer.Sign(), LeadWithBothRoles, "already_signed"),
            ["the same role twice"] = (SignedByLead, SecondLead.Sign(), SecondLead.Actor, "role_already_signed"),
            ["the key was revoked"] = (Unsigned, With(k => k with { RevokedAt = At.AddDays(-1) }), Lead.Actor, "key_revoked"),
            ["the key is revoked this moment"] = (Unsigned, With(k => k with { RevokedAt = At }), Lead.Actor, "key_revoked"),
            ["the key is not valid yet"] = (Unsigned, With(k => k with { ValidFrom = At.AddTicks(1) }), Lead.Actor, "key_not_valid"),
            ["the key's validity ends this moment"] = (Unsigned, With(k => k with { ValidTo = At }), Lead.Actor, "key_not_valid"),
            ["another text was signed"] = (Fold(Created with { Digest = new ContentHash("sha256:" + new string('b', 64)) }), Lead.Sign(), Lead.Actor, "signature_invalid"),
            ["the signature is no Base64"] = (Unsigned, Lead.Sign() with { Signature = "!" }, Lead.Actor, "signature_invalid"),
            ["the registered key is no key"] = (Unsigned, With(k => k with { PublicKeyPem = "no PEM" }), Lead.Actor, "signature_invalid"),
        };

    public static TheoryData<string> Names { get; } = [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_wrong_signature_is_refused_with_its_reason(string name)
    {
        var (manifest, command, by, code) = Cases[name];

        var decision = Decide(manifest, command, by);

        Assert.Equal(code, decision.Rejection?.Code);
        Assert.Empty(decision.Events);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    public void A_key_may_sign_from_its_first_moment_and_until_it_is_revoked(int validFromTicks, int revokedTicks)
    {
        var sign = With(k => k with { ValidFrom = At.AddTicks(validFromTicks), ValidTo = At.AddTicks(1), RevokedAt = At.AddTicks(revokedTicks) });

        Assert.Null(Decide(Unsigned, sign, Lead.Actor).Rejection);
    }

    private static ManifestCommand.Sign With(Func<RegisteredKey, RegisteredKey> change) => Lead.Sign() with { Key = change(Lead.Key) };
}
