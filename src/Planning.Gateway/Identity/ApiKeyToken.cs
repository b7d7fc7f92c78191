using System.Security.Cryptography;
using System.Text;
using Planning.Domain;
using Planning.Engine;
using Planning.Engine.People;

namespace Planning.Gateway.Identity;

/// <summary>The text that a caller presents: <c>plk_&lt;key id&gt;_&lt;secret&gt;</c>. Only the SHA-256 of the secret is kept.</summary>
public sealed record ApiKeyToken(string KeyId, string Secret)
{
    private const string Prefix = "plk_";
    private const int SecretBytes = 32;

    public byte[] SecretHash => SHA256.HashData(Encoding.ASCII.GetBytes(Secret));

    /// <summary>A new key; show <see cref="ToString"/> of the token once, and store the key.</summary>
    public static (ApiKey Key, ApiKeyToken Token) Issue(
        WorkspaceId workspace, PersonId holder, ActorKind kind, IReadOnlyList<Role> roles, DateTimeOffset at, DateTimeOffset? expiresAt = null)
    {
        var token = new ApiKeyToken(Ids.New(""), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)));
        return (new ApiKey(token.KeyId, workspace, holder, kind, roles, token.SecretHash, at, expiresAt, RevokedAt: null), token);
    }

    /// <summary>Null for a text that is no token.</summary>
    public static ApiKeyToken? Parse(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        text = text[Prefix.Length..];
        var end = text.IndexOf('_');
        return end > 0 && text.Length - end - 1 is > 0 and <= 200 && Ascii.IsValid(text)
            ? new ApiKeyToken(text[..end].ToString(), text[(end + 1)..].ToString())
            : null;
    }

    public override string ToString() => $"{Prefix}{KeyId}_{Secret}";
}
