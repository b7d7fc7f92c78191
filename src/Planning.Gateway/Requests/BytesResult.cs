using Microsoft.AspNetCore.Http;

namespace Planning.Gateway.Requests;

/// <summary>Bytes as they were received. They come from whoever may write a plan, so no browser may take them for a page of ours.</summary>
internal sealed class BytesResult(ReadOnlyMemory<byte> bytes, string contentType, string? etag = null, string? fileName = null) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        if (etag is not null)
            response.Headers.ETag = $"\"{etag}\"";
        if (fileName is not null)
            response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}

internal static class ContentTypes
{
    public static string Of(string name) => Path.GetExtension(name).ToUpperInvariant() switch
    {
        ".YAML" or ".YML" => "application/yaml",
        ".JSON" => "application/json",
        ".MD" or ".MARKDOWN" => "text/markdown; charset=utf-8",
        ".XML" => "application/xml",
        ".TXT" or ".INFO" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
}
