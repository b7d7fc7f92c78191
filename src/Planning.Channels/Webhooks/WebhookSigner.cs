using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Planning.Channels.Webhooks;

/// <summary>
/// Signs what a webhook gets: HMAC-SHA256 over <c>timestamp.body</c>, so that neither can be changed and an old message cannot be sent again
/// later. Receivers check it with <c>WebhookSignature.Verify</c> of the client SDK.
/// </summary>
internal static class WebhookSigner
{
    /// <summary>Separates the secrets while one takes over from the other.</summary>
    private const char Separator = ' ';

    /// <summary><c>t=1767600000,v1=hex</c>, with one <c>v1</c> for each secret.</summary>
    /// <param name="secrets">One secret; or, while it is changed, the new one and the old one with a space between them.</param>
    /// <param name="at">When it is sent; receivers refuse what is too old.</param>
    public static string Header(string secrets, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = new byte[Encoding.ASCII.GetByteCount(timestamp) + 1 + body.Length];
        var length = Encoding.ASCII.GetBytes(timestamp + ".", signed);
        body.CopyTo(signed.AsSpan(length));
        var signatures = Split(secrets).Select(secret => ",v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)));
        return $"t={timestamp}{string.Concat(signatures)}";
    }

    public static bool HasSecret(string? secrets) => secrets is not null && Split(secrets).Length > 0;

    private static string[] Split(string secrets) => secrets.Split(Separator, StringSplitOptions.RemoveEmptyEntries);
}
