using System.Text.Json;
using Planning.Artifacts.Canonical;

namespace Planning.Engine.Handoff.Packs;

/// <summary>Bytes whose name is their hash.</summary>
internal static class PackBlobs
{
    /// <summary>The first blob of a damaged pack that does not have its own hash.</summary>
    public static PackFault? Fault(JsonDocument json, string what)
    {
        if (!json.RootElement.TryGetProperty(PackForm.Blobs, out var blobs) || blobs.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var blob in blobs.EnumerateObject())
        {
            if (blob.Value.ValueKind != JsonValueKind.String || !blob.Value.TryGetBytesFromBase64(out var bytes))
                return new PackFault("digest_mismatch", what, NameOf(json, blob.Name), blob.Name, "no Base64");
            if (Checksum.Of(bytes) is var found && found != blob.Name)
                return new PackFault("digest_mismatch", what, NameOf(json, blob.Name), blob.Name, found);
        }
        return null;
    }

    /// <summary>The artifact's name, where the manifest has one for these bytes.</summary>
    private static string NameOf(JsonDocument json, string hash)
    {
        if (json.RootElement.TryGetProperty(PackForm.Manifest, out var manifest)
            && manifest.ValueKind == JsonValueKind.Object
            && manifest.TryGetProperty(PackForm.Manifest, out var body)
            && body.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in new[] { "checksums", "evidence" })
            {
                if (body.TryGetProperty(member, out var names) && names.ValueKind == JsonValueKind.Object
                    && names.EnumerateObject().FirstOrDefault(n => n.Value.ValueKind == JsonValueKind.String && n.Value.ValueEquals(hash)) is { Value.ValueKind: JsonValueKind.String } named)
                    return named.Name;
            }
        }
        return $"blob {hash}";
    }
}
