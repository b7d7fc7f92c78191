namespace Planning.Channels.Outbound;

/// <summary>Names that never mean a host on the public internet (RFC 6761, RFC 6762, RFC 8375, and what networks use among themselves).</summary>
internal static class HostNames
{
    private static readonly string[] InternalDomains =
    [
        "localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home", "lan", "arpa", "svc", "test", "invalid", "onion", "alt",
    ];

    public static bool IsInternal(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot < 0 || InternalDomains.Contains(name[(dot + 1)..]);
    }
}
