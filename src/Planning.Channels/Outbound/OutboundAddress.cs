using System.Net;

namespace Planning.Channels.Outbound;

/// <summary>
/// An absolute http or https address, read more strictly than any parser does it, so that no two can disagree on where it leads: printable
/// ASCII without backslashes, no user, a host in its one form, at most one port.
/// </summary>
internal sealed record OutboundAddress(Uri Uri, Host Host, int Port)
{
    private const int MaxLength = 2048;
    private const string Https = "https://";
    private const string Http = "http://";

    public bool IsHttps => Uri.Scheme == Uri.UriSchemeHttps;

    /// <summary>Whether both are one receiver, to which the same may be told.</summary>
    public bool HasOriginOf(OutboundAddress other) => IsHttps == other.IsHttps && Host.Name == other.Host.Name && Port == other.Port;

    public static (OutboundAddress? Address, string? Problem) Read(string text)
    {
        if (text.Length is 0 or > MaxLength)
            return (null, $"An address has 1 to {MaxLength} characters, like https://hooks.example.com/planning.");
        if (text.AsSpan().ContainsAnyExceptInRange('!', '~') || text.Contains('\\'))
            return (null, "The address has a space, a control character, a backslash or a character outside of ASCII. Write international names in their ASCII form (xn--…), and the rest with %.");

        var start = text.StartsWith(Https, StringComparison.OrdinalIgnoreCase) ? Https : text.StartsWith(Http, StringComparison.OrdinalIgnoreCase) ? Http : null;
        if (start is null)
            return (null, "The address must begin with https://.");
        var rest = text[start.Length..];
        var end = rest.AsSpan().IndexOfAny('/', '?', '#');
        var authority = end < 0 ? rest : rest[..end];
        if (authority.Contains('@'))
            return (null, "The address holds a user or a password. A secret belongs to the target's secret, not into its address.");

        var (name, given) = HostPatterns.Split(authority);
        var port = given ?? (start == Https ? 443 : 80);
        if (port < 0)
            return (null, $"'{authority}' has a port that is none. A port is 1 to {ushort.MaxValue}.");
        var (host, problem) = Host.Read(name);
        if (host is null)
            return (null, problem);
        // The request is sent by this parser, so it must have understood the same.
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && Agrees(uri, host, port)
            ? (new OutboundAddress(uri, host, port), null)
            : (null, "The address cannot be read without doubt. Write it like https://hooks.example.com/planning.");
    }

    private static bool Agrees(Uri uri, Host host, int port) =>
        uri.Port == port && uri.UserInfo.Length == 0
        && (host.Literal is { } literal ? IPAddress.TryParse(uri.IdnHost, out var read) && read.Equals(literal) : uri.IdnHost == host.Name);
}
