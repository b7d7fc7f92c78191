using System.Buffers;

namespace Planning.Artifacts.Documents;

/// <summary>Hides characters that end a line for the YAML 1.1 scanner, but neither in YAML 1.2 nor in an editor.
/// Each is swapped for a private-use character that the text does not hold, and swapped back in what was scanned.</summary>
internal sealed class ForeignBreaks
{
    private const string Breaks = "\u0085\u2028\u2029";
    private static readonly SearchValues<char> Any = SearchValues.Create(Breaks);

    private readonly char[] _standIns;

    private ForeignBreaks(string hidden, char[] standIns)
    {
        Hidden = hidden;
        _standIns = standIns;
    }

    /// <summary>The text to scan; as long as the original.</summary>
    public string Hidden { get; }

    public static ForeignBreaks Hide(string text)
    {
        if (text.AsSpan().IndexOfAny(Any) < 0)
            return new ForeignBreaks(text, []);
        var free = Enumerable.Range(0xE000, 0x1900).Select(code => (char)code).Where(c => !text.Contains(c)).Take(Breaks.Length).ToArray();
        if (free.Length < Breaks.Length)
            return new ForeignBreaks(text, []);
        for (var i = 0; i < free.Length; i++)
            text = text.Replace(Breaks[i], free[i]);
        return new ForeignBreaks(text, free);
    }

    public string Show(string scanned)
    {
        for (var i = 0; i < _standIns.Length; i++)
            scanned = scanned.Replace(_standIns[i], Breaks[i]);
        return scanned;
    }
}
