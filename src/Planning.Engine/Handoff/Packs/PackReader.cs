using System.Runtime.InteropServices;
using System.Text.Json;
using Planning.Artifacts.Canonical;
using Planning.Domain;

namespace Planning.Engine.Handoff.Packs;

/// <summary>A pack whose form is right, with the very bytes that the signatures speak of.</summary>
internal sealed record PackContents(EvidencePack Pack, ContentHash ManifestDigest);

/// <summary>Steps 1 and 2 of the verification: is it a pack in canonical form, and does its digest fit?</summary>
internal static class PackReader
{
    public static PackFault? Read(ReadOnlyMemory<byte> file, PackOptions options, out PackContents? contents)
    {
        contents = null;
        if (file.Length > options.MaxBytes)
            return new PackFault("pack_too_large", "The file is larger than the verifier reads.", "the file", $"at most {options.MaxBytes} bytes ({nameof(PackOptions.MaxBytes)})", $"{file.Length} bytes");
        if (FormFault(file.Span) is { } form)
            return form;

        using var json = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = CanonicalJson.MaxDepth });
        if (json.RootElement.ValueKind != JsonValueKind.Object || TextOf(json, "format") != EvidencePack.PackFormat)
            return new PackFault("not_a_pack", "The file is JSON, but not an evidence pack.", "format", EvidencePack.PackFormat, TextOf(json, "format") ?? "nothing");
        if (TextOf(json, "version") is var version && version != EvidencePack.PresentVersion)
            return new PackFault("version_unknown", "This release cannot read the pack; use the release that wrote it, or a later one.", "version", EvidencePack.PresentVersion, version ?? "nothing");

        var members = json.RootElement.EnumerateObject()
            .ToDictionary(m => m.Name, m => (ReadOnlyMemory<byte>)JsonMarshal.GetRawUtf8Value(m.Value).ToArray(), StringComparer.Ordinal);
        if (DigestFault(json, members) is { } damaged)
            return damaged;
        return Typed(file, members, out contents);
    }

    private static PackFault? FormFault(ReadOnlySpan<byte> file)
    {
        if (!CanonicalJson.TryCanonicalize(file, out var canonical, out var reason))
            return new PackFault("not_json", "The file is damaged, or not an evidence pack.", "the file", "canonical JSON (RFC 8785)", reason!);
        if (file.SequenceEqual(canonical))
            return null;
        var at = file.CommonPrefixLength(canonical);
        return new PackFault("not_canonical", "The file is JSON, but not in its canonical form (RFC 8785).", $"byte {at}", ByteAt(canonical, at), ByteAt(file, at));
    }

    /// <summary>A digest that does not fit says only that something has changed; the index and the blobs' names say what.</summary>
    private static PackFault? DigestFault(JsonDocument json, Dictionary<string, ReadOnlyMemory<byte>> members)
    {
        var (expected, found) = (TextOf(json, PackForm.Digest), PackForm.DigestOf(members).Value);
        if (expected == found)
            return null;
        const string what = "The pack has been changed since it was written.";
        foreach (var (name, hash) in PackForm.IndexOf(members))
        {
            if (TextOf(json, PackForm.Index, name) is { } indexed && indexed != hash)
                return new PackFault("digest_mismatch", what, name, indexed, hash);
        }
        return PackBlobs.Fault(json, what)
            ?? new PackFault("digest_mismatch", what, "the pack", expected ?? "a digest", found);
    }

    private static PackFault? Typed(ReadOnlyMemory<byte> file, Dictionary<string, ReadOnlyMemory<byte>> members, out PackContents? contents)
    {
        contents = null;
        if (members.FirstOrDefault(m => HoldsNull(m.Key, m.Value.Span)).Key is { } name)
            return new PackFault("malformed", "A member of the pack is null where a value belongs.", name, "a value", "null");
        try
        {
            var pack = JsonSerializer.Deserialize<EvidencePack>(file.Span, HandoffJson.Options)!;
            if (pack.Manifest.Version != ManifestDocument.PresentVersion)
                return new PackFault("version_unknown", "This release cannot read the manifest; use the release that wrote it, or a later one.", "manifest", ManifestDocument.PresentVersion, pack.Manifest.Version);
            contents = new PackContents(pack, new ContentHash(Checksum.Of(members[PackForm.Manifest].Span)));
            return null;
        }
        catch (JsonException e)
        {
            return new PackFault("malformed", "A member of the pack is missing, unknown or of the wrong type.", e.Path ?? "the pack", $"a pack of version {EvidencePack.PresentVersion}", e.Message);
        }
    }

    /// <summary>Nothing in a pack is null but what events may hold in their data; lists and maps could hide one from the types.</summary>
    private static bool HoldsNull(string member, ReadOnlySpan<byte> json)
    {
        var deepest = member == PackForm.Events ? 1 : CanonicalJson.MaxDepth;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = CanonicalJson.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Null && reader.CurrentDepth <= deepest)
                return true;
        }
        return false;
    }

    private static string? TextOf(JsonDocument json, params ReadOnlySpan<string> path)
    {
        var at = json.RootElement;
        foreach (var name in path)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
                return null;
        }
        return at.ValueKind == JsonValueKind.String ? at.GetString() : null;
    }

    private static string ByteAt(ReadOnlySpan<byte> bytes, int at) => at < bytes.Length ? $"0x{bytes[at]:x2}" : "the end of the file";
}
