using System.Security.Cryptography;
using Planning.Client;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Handoff;
using Planning.Domain.Rulebooks;

namespace Planning.Gateway.Tests.Support;

/// <summary>A person with a key pair of their own; the private half stays here.</summary>
internal sealed class Signer(string person, string role) : IDisposable
{
    private readonly RSA key = RSA.Create(2048);

    public string PublicKeyPem => key.ExportSubjectPublicKeyInfoPem();

    public string Fingerprint => SealCrypto.Fingerprint(PublicKeyPem);

    public Task<KeyView> RegisterAsync(PlanningClient admin) =>
        admin.Keys.RegisterAsync(new RegisterKeyRequest(PublicKeyPem, person, role, new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero)));

    public Task<ManifestView> SignAsync(Backend backend, ManifestView manifest) =>
        backend.As(person, role).Manifests.SignAsync(manifest.Id, Signature(manifest));

    public SignRequest Signature(ManifestView manifest) =>
        new(Fingerprint, SealCrypto.Sign(key, SealAlgorithm.RsaSha256, new ContentHash(manifest.Digest)));

    public void Dispose() => key.Dispose();
}
