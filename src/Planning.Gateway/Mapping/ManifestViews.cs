using Planning.Contracts;
using Planning.Domain.Handoff;
using Planning.Engine.Reads;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Mapping;

/// <summary>Manifests on the wire.</summary>
internal static class ManifestViews
{
    public static ManifestItem Of(ManifestRow row) => new(
        row.Id.Value, row.PlanId.Value, row.Number, row.Digest.Value, row.Signatures, row.Sealed, row.CreatedAt, row.Supersedes?.Value, row.SealedAt);

    public static ManifestView Of(Manifest manifest, ManifestEvent.ManifestCreated created, long version, long position) => new(
        created.ManifestId.Value,
        created.PlanId.Value,
        created.Number,
        created.Digest.Value,
        created.ContentHash.Value,
        created.RulebookHash.Value,
        created.Checksums.ToDictionary(c => c.Key, c => c.Value.Value, StringComparer.Ordinal),
        Wire.Name(created.Algorithm),
        [.. created.RequiredSigners.Select(Wire.Name)],
        [.. manifest.Unsigned.Select(Wire.Name)],
        [.. manifest.Signatures.Select(s => new SignatureView(s.Signer.Value, Wire.Name(s.Role), s.KeyFingerprint, Wire.Name(s.Algorithm), s.Value, s.At))],
        manifest.IsSealed,
        version,
        position,
        created.Supersedes?.Value);
}
