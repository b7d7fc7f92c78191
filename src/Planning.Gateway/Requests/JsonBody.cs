using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Planning.Gateway.Errors;

namespace Planning.Gateway.Requests;

/// <summary>Reads a JSON body once, from the connection's own buffer where it lies in one piece.</summary>
internal static class JsonBody
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Waits until the whole body is buffered. The caller ends the read with <c>AdvanceTo</c>.</summary>
    /// <returns>Null when the body is larger than the limit.</returns>
    public static async ValueTask<ReadOnlySequence<byte>?> BufferAsync(HttpContext http, int maxBytes)
    {
        if (http.Request.ContentLength > maxBytes)
            return null;
        var body = http.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > maxBytes)
            {
                body.AdvanceTo(read.Buffer.End);
                return null;
            }
            if (read.IsCompleted)
                return read.Buffer;
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public static Parsed<T> Parse<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> type, int maxDepth) where T : class
    {
        if (utf8.StartsWith(ByteOrderMark))
            utf8 = utf8[ByteOrderMark.Length..];
        if (utf8.IsEmpty)
            return Problems.BadRequest("body_missing", "The request needs a JSON body, and has none.");
        if (JsonText.Fault(utf8) is { } fault)
            return fault;
        try
        {
            // The serializer knows that a field cannot be null, but not that the elements of a list cannot.
            if (utf8.IndexOf("null"u8) >= 0 && JsonFaults.HasNullInList(utf8, maxDepth))
                throw new JsonException();
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth });
            var value = JsonSerializer.Deserialize(ref reader, type);
            if (reader.Read())
                return Problems.BadRequest("malformed_json", $"After the body's value, more follows at {Place.Of(utf8, (int)reader.TokenStartIndex)}. Send one value.");
            return value is null ? Problems.Unprocessable("invalid_value", "The body is null; it must be an object.") : value;
        }
        catch (JsonException e)
        {
            return JsonFaults.Explain(utf8, e, type, maxDepth);
        }
    }

    public static bool IsJson(string? contentType)
    {
        var type = contentType.AsSpan();
        var end = type.IndexOf(';');
        type = (end < 0 ? type : type[..end]).Trim();
        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (type.StartsWith("application/", StringComparison.OrdinalIgnoreCase) && type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
    }
}
