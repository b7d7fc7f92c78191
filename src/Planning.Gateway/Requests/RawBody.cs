using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Planning.Gateway.Requests;

/// <summary>Reads the bytes of a body and stops at the limit, before more than that is kept.</summary>
internal static class RawBody
{
    /// <returns>Null when the body is larger than the limit.</returns>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpContext http, int maxBytes)
    {
        if (http.Request.ContentLength > maxBytes)
            return null;
        var bytes = new ArrayBufferWriter<byte>((int)(http.Request.ContentLength is { } known and > 0 ? known : 4096));
        var body = http.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(http.RequestAborted);
            if (bytes.WrittenCount + read.Buffer.Length > maxBytes)
            {
                body.AdvanceTo(read.Buffer.End);
                return null;
            }
            foreach (var segment in read.Buffer)
                bytes.Write(segment.Span);
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return bytes.WrittenMemory;
        }
    }
}
