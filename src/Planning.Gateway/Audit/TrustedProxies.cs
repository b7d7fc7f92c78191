using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Planning.Gateway.Audit;

/// <summary>
/// Where a request comes from. X-Forwarded-For is anybody's to write, so each of its addresses counts only as far as it was
/// added by a proxy that is trusted, seen from this end.
/// </summary>
internal sealed class TrustedProxies(string list)
{
    private const string Header = "X-Forwarded-For";
    private const int NetworkBytes = 8;

    private readonly IPNetwork[] networks = [.. Words(list).Select(word => Parse(word)!.Value)];

    /// <summary>Null when the list can be read, else the word that cannot.</summary>
    public static string? Unreadable(string list) => Words(list).FirstOrDefault(word => Parse(word) is null);

    public IPAddress? AddressOf(HttpContext http)
    {
        var address = Plain(http.Connection.RemoteIpAddress);
        if (networks.Length == 0)
            return address;
        var hops = http.Request.Headers[Header].SelectMany(line => Words(line ?? "")).ToArray();
        for (var i = hops.Length - 1; i >= 0 && address is not null && IsTrusted(address); i--)
        {
            // What cannot be read was not written by a proxy: the last that could be is as far as is known.
            if (!IPEndPoint.TryParse(hops[i], out var hop))
                break;
            address = Plain(hop.Address);
        }
        return address;
    }

    /// <summary>Whom refusals are counted for: one who has a whole /64 of IPv6 is still one.</summary>
    public static string NetworkOf(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 })
            return address?.ToString() ?? "local";
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, NetworkBytes, bytes.Length - NetworkBytes);
        return $"{new IPAddress(bytes)}/{NetworkBytes * 8}";
    }

    private bool IsTrusted(IPAddress address) => networks.Any(network => network.Contains(address));

    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    private static string[] Words(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static IPNetwork? Parse(string word) =>
        IPNetwork.TryParse(word, out var network) ? network
        : IPAddress.TryParse(word, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
