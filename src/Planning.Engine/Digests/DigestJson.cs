using System.Text.Json;
using Planning.Artifacts.Canonical;
using Planning.Engine.Json;

namespace Planning.Engine.Digests;

/// <summary>A digest as canonical JSON (RFC 8785): the bytes that are stored, hashed and compared.</summary>
public static class DigestJson
{
    public static byte[] Render(Digest digest) => CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(digest, PlanningJson.Options));
}
