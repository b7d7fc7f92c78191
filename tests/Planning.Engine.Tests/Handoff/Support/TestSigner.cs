using System.Security.Cryptography;
using Planning.Domain;
using Planning.Domain.Handoff;

namespace Planning.Engine.Tests.Handoff.Support;

/// <summary>A person with a role and a key pair. The pairs of the usual persons are made once per run: making one takes long.</summary>
public sealed class TestSigner(string person, Role role, RSA? rsa = null)
{
    public static TestSigner Lead { get; } = new("per_lead", Role.PlanningLead);

    public static TestSigner Reviewer { get; } = new("per_reviewer", Role.TechnicalReviewer);

    public static TestSigner Stranger { get; } = new("per_stranger", Role.TechnicalReviewer);

    public RSA Rsa { get; } = rsa ?? RSA.Create(SealCrypto.MinKeyBits);

    public Role Role => role;

    public Actor Actor => new(new PersonId(person), ActorKind.Person, [role]);

    public string Pem => Rsa.ExportSubjectPublicKeyInfoPem();

    public string Fingerprint => SealCrypto.Fingerprint(Pem);
}
