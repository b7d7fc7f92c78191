using System.Buffers;

namespace Planning.Channels.Email;

/// <summary>Which mail addresses are taken: one mailbox, unquoted, ASCII. Nothing that could be read as two, or as a command of SMTP.</summary>
internal static class MailAddresses
{
    // RFC 5321, 4.5.3.1.
    private const int MaxLength = 254;
    private const int MaxLocalPart = 64;

    private static readonly SearchValues<char> LocalCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~.");

    private static readonly SearchValues<char> DomainCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.");

    public static string? Refuse(string address)
    {
        var at = address.IndexOf('@');
        var fits = address.Length <= MaxLength && at is > 0 and <= MaxLocalPart
            && IsDotted(address[..at], LocalCharacters, least: 1) && IsDotted(address[(at + 1)..], DomainCharacters, least: 2);
        return fits ? null : "A mail address has one @, no spaces and no name beside it, like ada@example.com; international domains in their ASCII form (xn--…).";
    }

    private static bool IsDotted(string text, SearchValues<char> characters, int least) =>
        !text.AsSpan().ContainsAnyExcept(characters) && text.Split('.') is var parts && parts.Length >= least
        && parts.All(part => part.Length > 0) && (least == 1 || parts.All(part => part[0] != '-' && part[^1] != '-'));
}
