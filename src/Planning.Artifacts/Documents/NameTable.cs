using System.Text;

namespace Planning.Artifacts.Documents;

/// <summary>
/// Short texts of one document that were seen lately, so that those that come again share one string: a large backlog names
/// its keys and tasks so often that collecting their garbage takes longer than reading them. A slot keeps the last comer.
/// </summary>
internal sealed class NameTable
{
    private const int MaxLength = 64;
    private const int Slots = 1 << 12;

    private readonly string?[] _seen = new string?[Slots];

    public string Of(string text)
    {
        if (text.Length is 0 or > MaxLength)
            return text;
        ref var seen = ref _seen[string.GetHashCode(text, StringComparison.Ordinal) & (Slots - 1)];
        return seen is not null && string.Equals(seen, text, StringComparison.Ordinal) ? seen : seen = text;
    }

    /// <summary>The same for UTF-8 without escapes, of which a string is only made where none is there.</summary>
    public string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > MaxLength)
            return Encoding.UTF8.GetString(utf8);
        Span<char> text = stackalloc char[MaxLength];
        text = text[..Encoding.UTF8.GetChars(utf8, text)];
        ref var seen = ref _seen[string.GetHashCode(text, StringComparison.Ordinal) & (Slots - 1)];
        return seen is not null && text.SequenceEqual(seen) ? seen : seen = new string(text);
    }
}
