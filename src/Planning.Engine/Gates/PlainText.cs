using System.Text;

namespace Planning.Engine.Gates;

/// <summary>Text of artifacts and exceptions on its way into an event, which holds no control characters and no halves of surrogate pairs.</summary>
internal static class PlainText
{
    private const char Replacement = '\uFFFD';

    public static string Of(string text, int maxLength = int.MaxValue)
    {
        var clean = IsPlain(text) ? text : Clean(text);
        if (clean.Length <= maxLength)
            return clean;
        var end = maxLength - 1;
        return string.Concat(clean.AsSpan(0, char.IsHighSurrogate(clean[end - 1]) ? end - 1 : end), "…");
    }

    private static bool IsPlain(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) || char.IsSurrogate(c))
                return false;
        }
        return true;
    }

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        // Enumerating runes turns each half of a pair that stands alone into the replacement character.
        foreach (var rune in text.EnumerateRunes())
            clean.Append(Rune.IsControl(rune) ? (rune.Value is '\n' or '\t' ? " " : Replacement.ToString()) : rune.ToString());
        return clean.ToString();
    }
}
