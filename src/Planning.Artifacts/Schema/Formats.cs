using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Planning.Artifacts.Schema;

/// <summary>The formats that can be asserted. All others only describe.</summary>
public static partial class Formats
{
    private static readonly Dictionary<string, Func<string, bool>> Known = new(StringComparer.Ordinal)
    {
        ["date"] = text => IsDate(text),
        ["time"] = text => IsTime(text),
        ["date-time"] = text => text.Length > 11 && text[10] is 'T' or 't' && IsDate(text.AsSpan(0, 10)) && IsTime(text.AsSpan(11)),
        ["duration"] = text => Duration().IsMatch(text) && text[^1] is not ('P' or 'T'),
        ["email"] = IsEmail,
        ["hostname"] = IsHostname,
        ["ipv4"] = IsIPv4,
        ["ipv6"] = IsIPv6,
        ["uri"] = text => IsUri(text) && SchemeStart().IsMatch(text),
        ["uri-reference"] = IsUri,
        ["uuid"] = text => text.Length == 36 && Guid.TryParseExact(text, "D", out _),
        ["json-pointer"] = text => JsonPointer().IsMatch(text),
        ["regex"] = text => Pattern.TryCreate(text, TimeSpan.FromSeconds(1)) is not null,
    };

    /// <summary>Names of the formats that can be asserted.</summary>
    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>True when the text has the format; null for a format that is not asserted.</summary>
    public static bool? Has(string format, string text) => Known.TryGetValue(format, out var check) ? text.Length < 8_192 && check(text) : null;

    private static bool IsDate(ReadOnlySpan<char> text) =>
        System.Text.Ascii.IsValid(text) && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsTime(ReadOnlySpan<char> text)
    {
        if (!Time().IsMatch(text))
            return false;
        var (hour, minute, second) = (Two(text, 0), Two(text, 3), Two(text, 6));
        var zone = text[^1] is 'Z' or 'z' ? "+00:00" : text[^6..];
        var (zoneHour, zoneMinute) = (Two(zone, 1), Two(zone, 4));
        if (hour > 23 || minute > 59 || second > 60 || zoneHour > 23 || zoneMinute > 59)
            return false;
        if (second < 60)
            return true;
        // A leap second is the last one of a day in UTC, wherever the clock stands.
        var offset = ((zoneHour * 60) + zoneMinute) * (zone[0] == '-' ? -1 : 1);
        return (((hour * 60) + minute - offset + 2_880) % 1_440) == 1_439;
    }

    private static int Two(ReadOnlySpan<char> digits, int at) => ((digits[at] - '0') * 10) + (digits[at + 1] - '0');

    private static bool IsEmail(string text)
    {
        var at = text.LastIndexOf('@');
        if (at <= 0)
            return false;
        var host = text[(at + 1)..];
        if (!LocalPart().IsMatch(text[..at]))
            return false;
        if (host is not ['[', .., ']'])
            return IsHostname(host);
        var address = host[1..^1];
        return address.StartsWith("IPv6:", StringComparison.Ordinal) ? Has("ipv6", address[5..]) == true : IsIPv4(address);
    }

    /// <summary>Letters, digits and hyphens; a label in Punycode has to decode to characters that are permitted.</summary>
    private static bool IsHostname(string text) =>
        text.Length is > 0 and <= 253
        && Hostname().IsMatch(text)
        && text.Split('.').All(label => label is not [_, _, '-', '-', ..]
            || (label.StartsWith("xn", StringComparison.OrdinalIgnoreCase) && InternationalLabel.IsValid(label)));

    private static bool IsIPv4(string text) =>
        text.Split('.') is { Length: 4 } parts
        && parts.All(part => part.Length is > 0 and <= 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0') && int.Parse(part, CultureInfo.InvariantCulture) < 256);

    private static bool IsIPv6(string text) =>
        !text.AsSpan().ContainsAny('%', '[', '/')
        && IPAddress.TryParse(text, out var address)
        && address.AddressFamily == AddressFamily.InterNetworkV6
        && (!text.Contains('.') || IsIPv4(text[(text.LastIndexOf(':') + 1)..]));

    private static bool IsUri(string text)
    {
        if (!UriForm().IsMatch(text))
            return false;
        if (!HasAuthority().IsMatch(text))
            return !text.AsSpan().ContainsAny('[', ']');
        var match = Authority().Match(text);
        if (!match.Success || text.AsSpan(match.Length).ContainsAny('[', ']'))
            return false;
        var host = match.Groups["host"].Value;
        if (host is not ['[', .., ']'])
            return !host.AsSpan().ContainsAny('[', ']', '@') && !match.Groups["user"].ValueSpan.ContainsAny('[', ']', '@');
        return Has("ipv6", host[1..^1]) == true || FutureAddress().IsMatch(host[1..^1]);
    }

    [GeneratedRegex(@"^[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.ExplicitCapture, 250)]
    private static partial Regex Time();

    [GeneratedRegex(@"^P([0-9]+W|([0-9]+Y([0-9]+M([0-9]+D)?)?|[0-9]+M([0-9]+D)?|[0-9]+D)?(T([0-9]+H([0-9]+M([0-9]+S)?)?|[0-9]+M([0-9]+S)?|[0-9]+S))?)\z", RegexOptions.ExplicitCapture, 250)]
    private static partial Regex Duration();

    [GeneratedRegex(@"^([A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*|""([\x20\x21\x23-\x5B\x5D-\x7E]|\\[\x20-\x7E])*"")\z", RegexOptions.ExplicitCapture, 250)]
    private static partial Regex LocalPart();

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z", RegexOptions.ExplicitCapture, 250)]
    private static partial Regex Hostname();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:", RegexOptions.None, 250)]
    private static partial Regex SchemeStart();

    [GeneratedRegex(@"^(?![0-9:@%+-][^/?#]*:)([A-Za-z0-9._~:/?@!$&'()*+,;=\[\]-]|%[0-9A-Fa-f]{2})*(#([A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?\z", RegexOptions.ExplicitCapture, 250)]
    private static partial Regex UriForm();

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9+.-]*:)?//", RegexOptions.ExplicitCapture, 250)]
    private static partial Regex HasAuthority();

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9+.-]*:)?//((?<user>[^/?#@]*)@)?(?<host>\[[^\]]*\]|[^/?#:]*)(:[0-9]*)?(?=[/?#]|\z)", RegexOptions.ExplicitCapture, 250)]
    private static partial Regex Authority();

    [GeneratedRegex(@"^v[0-9A-Fa-f]+\.[A-Za-z0-9._~!$&'()*+,;=:-]+\z", RegexOptions.None, 250)]
    private static partial Regex FutureAddress();

    [GeneratedRegex(@"^(/([^~/]|~0|~1)*)*\z", RegexOptions.ExplicitCapture, 250)]
    private static partial Regex JsonPointer();
}
