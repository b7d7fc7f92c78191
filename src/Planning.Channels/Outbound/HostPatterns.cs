using System.Globalization;

namespace Planning.Channels.Outbound;

/// <summary>The allow-list: which public hosts may be sent to, on which ports.</summary>
internal sealed class HostPatterns
{
    private const int HttpsPort = 443;
    private const string Any = "*";

    private readonly List<(string Name, bool SubDomains, int Port)> patterns = [];

    private HostPatterns() { }

    public static (HostPatterns Patterns, string? Problem) Read(string text)
    {
        var list = new HostPatterns();
        foreach (var entry in Entries(text))
        {
            if (ReadEntry(entry) is not { } pattern)
                return (list, $"'{entry}' is no host. Write hooks.example.com, *.example.com or *, and a port other than {HttpsPort} behind a colon.");
            list.patterns.Add(pattern);
        }
        return (list, null);
    }

    public bool Allow(Host host, int port) =>
        patterns.Any(p => p.Port == port && (p.Name == Any || (p.SubDomains
            ? host.Literal is null && host.Name.Length > p.Name.Length && host.Name.EndsWith(p.Name, StringComparison.Ordinal)
            : host.Name == p.Name)));

    internal static string[] Entries(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The last colon separates the port, but for those inside of brackets; -1 for a port that is none.</summary>
    internal static (string Host, int? Port) Split(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0 || colon < text.LastIndexOf(']'))
            return (text, null);
        var digits = text.AsSpan(colon + 1);
        return (text[..colon], digits.Length is > 0 and <= 5 && !digits.ContainsAnyExceptInRange('0', '9')
            && int.Parse(digits, CultureInfo.InvariantCulture) is var port and > 0 and <= ushort.MaxValue ? port : -1);
    }

    private static (string, bool, int)? ReadEntry(string entry)
    {
        var (host, given) = Split(entry);
        var port = given ?? HttpsPort;
        if (port < 0)
            return null;
        if (host == Any)
            return (Any, false, port);
        var subDomains = host.StartsWith("*.", StringComparison.Ordinal);
        if (Host.Read(subDomains ? host[2..] : host).Host is not { } read)
            return null;
        // A wildcard over a top-level domain, or over an address, is a slip.
        if (subDomains)
            return read.Literal is null && read.Name.Contains('.') ? ("." + read.Name, true, port) : null;
        return (read.Name, false, port);
    }
}
