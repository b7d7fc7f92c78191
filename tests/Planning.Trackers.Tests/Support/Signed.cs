using System.Security.Cryptography;
using System.Text;
using Planning.Engine.Trackers;

namespace Planning.Trackers.Tests.Support;

/// <summary>Messages as a tracker signs them.</summary>
internal static class Signed
{
    public const string Secret = "0123456789abcdef";

    public static TrackerDelivery Jira(byte[] body, string secret = Secret) => With("X-Hub-Signature", "sha256=" + Hex(secret, body), body);

    public static TrackerDelivery ServiceNow(byte[] body, DateTimeOffset at, string secret = Secret) => With(
        "Planning-Signature", $"t={at.ToUnixTimeSeconds()},v1={Hex(secret, [.. Encoding.ASCII.GetBytes($"{at.ToUnixTimeSeconds()}."), .. body])}", body);

    public static TrackerDelivery With(string header, string? value, byte[] body) =>
        new(name => name.Equals(header, StringComparison.OrdinalIgnoreCase) ? value : null, body);

    private static string Hex(string secret, byte[] signed) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
}
