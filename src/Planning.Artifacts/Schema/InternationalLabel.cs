using System.Globalization;
using System.Text;

namespace Planning.Artifacts.Schema;

/// <summary>
/// Whether a label in Punycode stands for characters that a host name may have (RFC 5892): letters, digits and marks, and the few
/// that depend on their neighbours. Normal form is not looked into, and how Arabic letters join is judged by their block.
/// </summary>
internal static class InternationalLabel
{
    private const int ZeroWidthNonJoiner = 0x200C, ZeroWidthJoiner = 0x200D;

    /// <summary>Signs that silence a vowel, after which the joiners may stand.</summary>
    private const string Viramas =
        "\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D3B\u0D3C\u0D4D\u0DCA\u0E3A\u0EBA\u0F84\u1039\u103A\u1714\u1734\u17D2\u1A60\u1B44\u1BAA\u1BAB\u1BF2\u1BF3\u2D7F\uA806\uA8C4\uA953\uA9C0\uAAF6\uABED";

    private const string AlwaysAllowed = "\u00DF\u03C2\u06FD\u06FE\u0F0B\u3007";
    private const string NeverAllowed = "\u0640\u07FA\u302E\u302F\u3031\u3032\u3033\u3034\u3035\u303B";

    /// <summary>Judges a label that begins with xn--.</summary>
    public static bool IsValid(string label)
    {
        if (Punycode.Decode(label[4..].ToLowerInvariant()) is not { Count: > 0 } runes || runes.All(rune => rune.IsAscii) || IsMark(runes[0]))
            return false;
        if (runes.Count > 3 && runes[2].Value == '-' && runes[3].Value == '-')
            return false;
        for (var i = 0; i < runes.Count; i++)
        {
            if (!IsAllowed(runes, i))
                return false;
        }
        return true;
    }

    private static bool IsAllowed(List<Rune> label, int at)
    {
        var code = label[at].Value;
        int? before = at > 0 ? label[at - 1].Value : null;
        int? after = at + 1 < label.Count ? label[at + 1].Value : null;
        return code switch
        {
            '-' => at > 0 && at + 1 < label.Count,
            0x00B7 => before == 'l' && after == 'l',
            0x0375 => IsGreek(after),
            0x05F3 or 0x05F4 => IsHebrew(before),
            0x30FB => label.Exists(rune => IsJapanese(rune.Value)),
            >= 0x0660 and <= 0x0669 => !label.Exists(rune => rune.Value is >= 0x06F0 and <= 0x06F9),
            >= 0x06F0 and <= 0x06F9 => !label.Exists(rune => rune.Value is >= 0x0660 and <= 0x0669),
            ZeroWidthJoiner => IsVirama(before),
            ZeroWidthNonJoiner => IsVirama(before) || (IsJoining(before) && IsJoining(after)),
            _ when Contains(AlwaysAllowed, code) => true,
            _ when Contains(NeverAllowed, code) => false,
            _ => Rune.GetUnicodeCategory(label[at]) is UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter
                or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber,
        };
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static bool IsVirama(int? code) => code is { } value && Contains(Viramas, value);

    private static bool IsGreek(int? code) => code is >= 0x0370 and <= 0x03FF or >= 0x1F00 and <= 0x1FFF;

    private static bool IsHebrew(int? code) => code is >= 0x0591 and <= 0x05F4 or >= 0xFB1D and <= 0xFB4F;

    /// <summary>Arabic and its neighbours, whose letters change where they join.</summary>
    private static bool IsJoining(int? code) => code is >= 0x0620 and <= 0x08FF;

    /// <summary>Hiragana, Katakana and Han.</summary>
    private static bool IsJapanese(int code) =>
        code is 0x3005 or 0x3007 or >= 0x3041 and <= 0x309F or >= 0x30A1 and <= 0x30FA or >= 0x30FD and <= 0x30FF or >= 0x31F0 and <= 0x31FF
            or >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF;

    private static bool Contains(string characters, int code) => code <= char.MaxValue && characters.Contains((char)code);
}
