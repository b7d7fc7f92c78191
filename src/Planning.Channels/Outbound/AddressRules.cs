using System.Net;
using System.Net.Sockets;

namespace Planning.Channels.Outbound;

/// <summary>How far an IP address may be sent to.</summary>
internal enum Reach
{
    /// <summary>Not even for a receiver that is named as internal.</summary>
    Never,

    /// <summary>Of the own network; for receivers that are named as internal only.</summary>
    Internal,

    Public,
}

/// <summary>
/// What kind of address an IP address is, after the registries of special-purpose addresses of IANA (RFC 6890 and later). Of IPv6 only
/// global unicast is public; forms that carry an IPv4 address are none, for what arrives there is decided elsewhere.
/// </summary>
internal static class AddressRules
{
    private static readonly (IPNetwork Network, Reach Reach, string What)[] Special =
    [
        .. Of(Reach.Never, "an unspecified address", "0.0.0.0/8", "::/128"),
        .. Of(Reach.Internal, "a loopback address", "127.0.0.0/8", "::1/128"),
        .. Of(Reach.Never, "a metadata address", "169.254.169.254/32", "100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32", "fd00:ec2::/32", "fd20:ce::/32"),
        .. Of(Reach.Internal, "a private address", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"),
        .. Of(Reach.Never, "a link-local address", "169.254.0.0/16", "fe80::/10", "fec0::/10"),
        .. Of(Reach.Never, "a multicast address", "224.0.0.0/4", "ff00::/8"),
        .. Of(Reach.Never, "an address that carries another one", "::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "192.88.99.0/24"),
        .. Of(Reach.Never, "a reserved address", "192.0.0.0/24", "198.18.0.0/15", "240.0.0.0/4", "2001::/23", "100::/64", "5f00::/16"),
        .. Of(Reach.Never, "an address for documentation", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Where the network has IPv6 only, its DNS gives every IPv4 host such an address; what it carries is judged.</summary>
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    public static (Reach Reach, string What) Judge(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0)
            return (Reach.Never, "an address with a zone");
        // Before any network is asked: an IPNetwork of IPv6 answers for the IPv4 address inside, and answers wrongly.
        if (address.IsIPv4MappedToIPv6)
            return (Reach.Never, "an address that carries another one");
        if (Nat64.Contains(address))
            return Judge(new IPAddress(address.GetAddressBytes()[12..])) is (Reach.Public, var what) ? (Reach.Public, what) : (Reach.Never, "an address that carries an internal one");
        foreach (var (network, reach, what) in Special)
        {
            if (network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address))
                return (reach, what);
        }
        return address.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(address) ? (Reach.Public, "a public address") : (Reach.Never, "a reserved address");
    }

    private static IEnumerable<(IPNetwork, Reach, string)> Of(Reach reach, string what, params string[] networks) =>
        networks.Select(network => (IPNetwork.Parse(network), reach, what));
}
