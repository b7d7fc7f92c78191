using System.Text.Json;
using System.Text.Json.Nodes;

namespace Planning.Artifacts.Canonical;

/// <summary>Canonical JSON by RFC 8785: no white space, keys sorted by UTF-16 code units, ECMAScript numbers,
/// shortest escapes. These are the bytes that are hashed and signed.</summary>
public static class CanonicalJson
{
    /// <summary>Nesting that is accepted.</summary>
    public const int MaxDepth = 512;

    /// <summary>Canonical bytes of a JSON text in UTF-8, without byte order mark.</summary>
    /// <exception cref="CanonicalJsonException">The text is not JSON, has a duplicate key, half of a surrogate pair,
    /// or a number beyond the range of a double.</exception>
    public static byte[] Canonicalize(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            reader.Read();
            var writer = new CanonicalWriter();
            WriteValue(ref reader, writer);
            // Anything but white space after the value makes the reader throw.
            reader.Read();
            return writer.ToArray();
        }
        catch (JsonException error)
        {
            throw new CanonicalJsonException($"This is not JSON: {error.Message}", error);
        }
    }

    /// <summary>Canonical bytes of a parsed element.</summary>
    /// <exception cref="CanonicalJsonException">As for the text; duplicate keys included.</exception>
    public static byte[] Canonicalize(JsonElement element) =>
        element.ValueKind == JsonValueKind.Undefined
            ? throw new CanonicalJsonException("There is no JSON value.")
            : Canonicalize(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(element));

    /// <summary>Canonical bytes of a node; null is the JSON value null.</summary>
    /// <exception cref="CanonicalJsonException">A string holds half of a surrogate pair, or a number is not finite.</exception>
    public static byte[] Canonicalize(JsonNode? node)
    {
        var writer = new CanonicalWriter();
        WriteNode(node, writer, 0);
        return writer.ToArray();
    }

    /// <summary>Like <see cref="Canonicalize(ReadOnlySpan{byte})"/>, with the reason as a value.</summary>
    public static bool TryCanonicalize(ReadOnlySpan<byte> utf8Json, out byte[] canonical, out string? reason)
    {
        try
        {
            (canonical, reason) = (Canonicalize(utf8Json), null);
            return true;
        }
        catch (CanonicalJsonException error)
        {
            (canonical, reason) = ([], error.Message);
            return false;
        }
    }

    private static void WriteValue(ref Utf8JsonReader reader, CanonicalWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteObject(ref reader, writer);
                break;
            case JsonTokenType.StartArray:
                writer.Raw("["u8);
                for (var first = true; reader.Read() && reader.TokenType != JsonTokenType.EndArray; first = false)
                {
                    if (!first)
                        writer.Raw(","u8);
                    WriteValue(ref reader, writer);
                }
                writer.Raw("]"u8);
                break;
            case JsonTokenType.String:
                writer.String(Text(ref reader));
                break;
            case JsonTokenType.Number:
                writer.Number(reader.GetDouble());
                break;
            default:
                writer.Raw(reader.ValueSpan);
                break;
        }
    }

    /// <summary>Members are written where they stand, and put in order afterwards: their places are all that is kept.</summary>
    private static void WriteObject(ref Utf8JsonReader reader, CanonicalWriter writer)
    {
        var members = new List<(string Key, byte[] Value)>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = Text(ref reader);
            reader.Read();
            var start = writer.Length;
            WriteValue(ref reader, writer);
            members.Add((key, writer.Cut(start)));
        }
        WriteMembers(members, writer);
    }

    private static void WriteMembers(List<(string Key, byte[] Value)> members, CanonicalWriter writer)
    {
        members.Sort((left, right) => string.CompareOrdinal(left.Key, right.Key));
        writer.Raw("{"u8);
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0)
            {
                if (members[i - 1].Key == members[i].Key)
                    throw new CanonicalJsonException($"The key '{members[i].Key}' is there twice; a signature over it would be ambiguous.");
                writer.Raw(","u8);
            }
            writer.String(members[i].Key);
            writer.Raw(":"u8);
            writer.Raw(members[i].Value);
        }
        writer.Raw("}"u8);
    }

    private static void WriteNode(JsonNode? node, CanonicalWriter writer, int depth)
    {
        if (depth > MaxDepth)
            throw new CanonicalJsonException($"The value nests deeper than {MaxDepth}.");
        switch (node)
        {
            case null:
                writer.Raw("null"u8);
                break;
            case JsonArray array:
                writer.Raw("["u8);
                for (var i = 0; i < array.Count; i++)
                {
                    if (i > 0)
                        writer.Raw(","u8);
                    WriteNode(array[i], writer, depth + 1);
                }
                writer.Raw("]"u8);
                break;
            case JsonObject members:
                var written = new List<(string Key, byte[] Value)>();
                foreach (var (key, value) in members)
                {
                    var start = writer.Length;
                    WriteNode(value, writer, depth + 1);
                    written.Add((key, writer.Cut(start)));
                }
                WriteMembers(written, writer);
                break;
            case JsonValue value:
                WriteLeaf(value, writer);
                break;
        }
    }

    private static void WriteLeaf(JsonValue value, CanonicalWriter writer)
    {
        if (value.TryGetValue<JsonElement>(out var element))
            writer.Raw(Canonicalize(element));
        else if (value.TryGetValue<string>(out var text))
            writer.String(text);
        else if (value.TryGetValue<double>(out var number))
            writer.Number(number);
        else
            writer.Raw(Canonicalize(JsonSerializer.SerializeToUtf8Bytes(value)));
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw new CanonicalJsonException(
                $"The string at byte {reader.TokenStartIndex} holds half of a surrogate pair or is not UTF-8.", error);
        }
    }
}
