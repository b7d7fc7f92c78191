using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Planning.Channels.Outbound;

/// <summary>The host of an address, in the one way it can be written. What different parsers read differently is refused.</summary>
/// <param name="Name">In lower case; an IPv6 address in its shortest form and in brackets.</param>
/// <param name="Literal">The address that it is, when it is one.</param>
internal sealed record Host(string Name, IPAddress? Literal)
{
    private const int MaxNameLength = 253;
    private const int MaxLabelLength = 63;

    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> V6Characters = SearchValues.Create("abcdef0123456789:.");

    public static (Host? Host, string? Problem) Read(string text)
    {
        var name = text.ToLowerInvariant();
        if (name.StartsWith('['))
            return V6(name);
        var labels = name.Split('.');
        if (labels is [.., { Length: > 0 } last] && !char.IsAsciiLetter(last[0]))
            return V4(name, labels);
        return name.Length is 0 or > MaxNameLength || labels.Any(label => !IsLabel(label))
            ? (null, $"'{text}' is no host name. It has letters, digits, hyphens and dots, no dot at the end, and international names in their ASCII form (xn--…).")
            : (new Host(name, null), null);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabelLength && !label.AsSpan().ContainsAnyExcept(LabelCharacters) && label[0] != '-' && label[^1] != '-';

    /// <summary>No top-level domain begins with a digit, so this is meant as an address: four decimal numbers without leading zeros, or nothing.</summary>
    private static (Host?, string?) V4(string name, string[] parts) =>
        parts.Length == 4 && parts.All(IsOctet)
            ? (new Host(name, IPAddress.Parse(name)), null)
            : (null, $"'{name}' is no IPv4 address. It has four decimal numbers of 0 to 255, without leading zeros.");

    private static bool IsOctet(string part) =>
        part.Length is > 0 and <= 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0')
        && int.Parse(part, CultureInfo.InvariantCulture) <= byte.MaxValue;

    private static (Host?, string?) V6(string name) =>
        name.EndsWith(']') && name[1..^1] is var inner && !inner.AsSpan().ContainsAnyExcept(V6Characters)
        && IPAddress.TryParse(inner, out var literal) && literal.AddressFamily == AddressFamily.InterNetworkV6
            ? (new Host($"[{literal}]", literal), null)
            : (null, $"'{name}' is no IPv6 address. It stands in brackets and has no zone.");
}
