using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Planning.Gateway.Errors;

namespace Planning.Gateway.Requests;

/// <summary>What JSON allows and the log cannot keep: bytes that are no UTF-8, NUL characters, half surrogate pairs.</summary>
internal static class JsonText
{
    /// <summary>Null when the text can be kept.</summary>
    public static ProblemResult? Fault(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
            return Problems.BadRequest("invalid_utf8", $"The body is not UTF-8: the first wrong byte is at {Place.Of(utf8, FirstWrongByte(utf8))}. Send UTF-8.");
        if (utf8.IndexOf((byte)0) is var nul and >= 0)
            return Nul(utf8, nul);
        return utf8.IndexOf("\\u"u8) < 0 ? null : FaultyEscape(utf8);
    }

    private static ProblemResult? FaultyEscape(ReadOnlySpan<byte> utf8)
    {
        for (var i = 0; i < utf8.Length - 1; i++)
        {
            if (utf8[i] != '\\')
                continue;
            if (Unit(utf8, i) is not { } unit)
            {
                i++;
                continue;
            }
            if (unit == 0)
                return Nul(utf8, i);
            if (char.IsHighSurrogate((char)unit) && Unit(utf8, i + 6) is { } low && char.IsLowSurrogate((char)low))
                i += 6;
            else if (char.IsSurrogate((char)unit))
                return Problems.BadRequest("lone_surrogate", $"The escape at {Place.Of(utf8, i)} is half of a surrogate pair, which is no character. Send the character itself.");
            i += 5;
        }
        return null;
    }

    private static ProblemResult Nul(ReadOnlySpan<byte> utf8, int at) =>
        Problems.BadRequest("nul_character", $"The body has a NUL character at {Place.Of(utf8, at)}. Leave it out.");

    /// <summary>The code unit of an escape that starts here; null when none does.</summary>
    private static int? Unit(ReadOnlySpan<byte> utf8, int at) =>
        at + 6 <= utf8.Length && utf8[at] == '\\' && utf8[at + 1] == 'u'
        && Utf8Parser.TryParse(utf8.Slice(at + 2, 4), out int unit, out var used, 'x') && used == 4
            ? unit
            : null;

    private static int FirstWrongByte(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (at < utf8.Length && Rune.DecodeFromUtf8(utf8[at..], out _, out var used) == System.Buffers.OperationStatus.Done)
            at += used;
        return at;
    }
}

/// <summary>A place in a body, as people count: lines and columns from 1.</summary>
internal static class Place
{
    public static string Of(ReadOnlySpan<byte> utf8, int at)
    {
        var before = utf8[..Math.Min(at, utf8.Length)];
        var line = before.Count((byte)'\n') + 1;
        var column = before.Length - (before.LastIndexOf((byte)'\n') + 1) + 1;
        return Of(line, column);
    }

    public static string Of(long line, long column) => string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column}");
}
