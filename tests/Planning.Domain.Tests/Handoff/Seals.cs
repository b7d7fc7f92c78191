using System.Collections.Immutable;
using System.Security.Cryptography;
using Planning.Domain.Governance;
using Planning.Domain.Handoff;
using Planning.Domain.Rulebooks;

namespace Planning.Domain.Tests.Handoff;

/// <summary>Keys, persons and manifests of the tests. Keys are made once per run: making one takes long.</summary>
internal static class Seals
{
    public static readonly DateTimeOffset At = new(2027, 1, 15, 10, 0, 0, TimeSpan.Zero);
    public static readonly ContentHash Digest = new("sha256:" + new string('a', 64));
    public static readonly ManifestId Id = new("hnd_1");

    public static readonly SignerOfTests Lead = new("per_lead", Role.PlanningLead);
    public static readonly SignerOfTests Reviewer = new("per_reviewer", Role.TechnicalReviewer);

    public static readonly ManifestEvent.ManifestCreated Created = new(
        Id, new PlanId("pln_1"), 1, Digest, Digest, new ContentHash("sha256:content"), new ContentHash("sha256:rules"),
        ImmutableSortedDictionary<string, ContentHash>.Empty.Add("be_backlog.yaml", new ContentHash("sha256:backlog")),
        new PersonId("per_author"), SealAlgorithm.RsaSha256, [Role.PlanningLead, Role.TechnicalReviewer], Supersedes: null);

    public static Manifest Unsigned { get; } = Fold(Created);

    public static Manifest SignedByLead { get; } = After(Unsigned, Lead.Sign(), Lead.Actor);

    public static Manifest Sealed { get; } = After(SignedByLead, Reviewer.Sign(), Reviewer.Actor);

    public static Decision<ManifestEvent> Decide(Manifest manifest, ManifestCommand command, Actor by) =>
        ManifestDecider.Decide(manifest, command, new Issued(by, At, Rules));

    public static Manifest After(Manifest manifest, ManifestCommand command, Actor by) =>
        Decide(manifest, command, by).Events.Aggregate(manifest, ManifestDecider.Evolve);

    public static Manifest Fold(params ManifestEvent[] events) => events.Aggregate(ManifestDecider.Initial, ManifestDecider.Evolve);

    private static Rulebook Rules { get; } = new(
        new ContentHash("sha256:rules"), [], new GovernanceRules([]), [], new SealingPolicy(SealAlgorithm.RsaSha256, [Role.PlanningLead, Role.TechnicalReviewer]), []);
}

/// <summary>A person with a role and a key pair.</summary>
internal sealed class SignerOfTests(string person, Role role)
{
    private static readonly RSA Shared = RSA.Create(SealCrypto.MinKeyBits);

    public RSA Rsa { get; init; } = person == "per_lead" ? Shared : RSA.Create(SealCrypto.MinKeyBits);

    public Actor Actor => new(new PersonId(person), ActorKind.Person, [role]);

    public string Pem => Rsa.ExportSubjectPublicKeyInfoPem();

    public RegisteredKey Key => new(
        SealCrypto.Fingerprint(Pem), Pem, new PersonId(person), role, Seals.At.AddDays(-30), Seals.At.AddDays(30), RevokedAt: null);

    public ManifestCommand.Sign Sign(SealAlgorithm algorithm = SealAlgorithm.RsaSha256) =>
        new(Key.Fingerprint, SealCrypto.Sign(Rsa, algorithm, Seals.Digest), Key, Seals.Id);
}
