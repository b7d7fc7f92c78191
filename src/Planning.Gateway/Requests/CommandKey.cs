using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Planning.Contracts;
using Planning.Engine;
using Planning.Gateway.Errors;

namespace Planning.Gateway.Requests;

/// <summary>What makes a command the same command when it is sent again.</summary>
/// <param name="Id">The Idempotency-Key, or a fresh id.</param>
/// <param name="Hash">Of method, path, caller and body: another request under the same key is refused.</param>
/// <param name="Given">Whether the caller gave the key.</param>
internal readonly record struct CommandKey(string Id, long Hash, bool Given)
{
    public const int MaxLength = 200;

    /// <summary>Reactors' own command ids have slashes in them, so that no caller can take one of those first.</summary>
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("!\"#$%&'()*+,-.0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    public static Parsed<CommandKey> Read(HttpContext http, string caller, ReadOnlySpan<byte> body)
    {
        var given = http.Request.Headers[PlanningHeaders.IdempotencyKey];
        if (given.Count == 0)
            return new CommandKey(Ids.New("cmd_"), 0, Given: false);
        var id = given.ToString();
        if (given.Count > 1 || id.Length is 0 or > MaxLength || id.AsSpan().ContainsAnyExcept(Allowed))
            return Problems.BadRequest("idempotency_key_invalid", $"An Idempotency-Key has 1 to {MaxLength} visible ASCII characters and no slash, and is given once. A UUID will do.");
        return new CommandKey(id, HashOf(http.Request, caller, body), Given: true);
    }

    private static long HashOf(HttpRequest request, string caller, ReadOnlySpan<byte> body)
    {
        var head = $"{request.Method} {request.PathBase}{request.Path}{request.QueryString}\n{caller}\n";
        var length = Encoding.UTF8.GetByteCount(head);
        var text = ArrayPool<byte>.Shared.Rent(length + SHA256.HashSizeInBytes);
        Encoding.UTF8.GetBytes(head, text);
        SHA256.HashData(body, text.AsSpan(length));
        var hash = Ids.HashOf(text.AsSpan(0, length + SHA256.HashSizeInBytes));
        ArrayPool<byte>.Shared.Return(text);
        return hash;
    }
}
