using System.Text;

namespace Planning.Artifacts.Schema;

/// <summary>Decodes what stands after xn-- in a label of a host name (RFC 3492).</summary>
internal static class Punycode
{
    private const int Base = 36, TMin = 1, TMax = 26, Skew = 38, Damp = 700, InitialBias = 72, InitialCode = 0x80;

    /// <summary>The characters, or null where the text is not well formed.</summary>
    public static List<Rune>? Decode(string text)
    {
        var delimiter = text.LastIndexOf('-');
        var result = text[..Math.Max(delimiter, 0)].EnumerateRunes().ToList();
        var (code, bias, place) = (InitialCode, InitialBias, 0);
        for (var at = delimiter + 1; at < text.Length;)
        {
            var before = place;
            if (!TryAdvance(text, ref at, bias, ref place))
                return null;
            bias = Adapt(place - before, result.Count + 1, first: before == 0);
            code += place / (result.Count + 1);
            place %= result.Count + 1;
            if (!Rune.TryCreate(code, out var rune))
                return null;
            result.Insert(place++, rune);
        }
        return result;
    }

    /// <summary>Reads one number of variable length and adds it to <paramref name="place"/>.</summary>
    private static bool TryAdvance(string text, ref int at, int bias, ref int place)
    {
        var weight = 1L;
        for (var k = Base; at < text.Length; k += Base)
        {
            var digit = DigitOf(text[at++]);
            var sum = place + (digit * weight);
            if (digit < 0 || sum > int.MaxValue)
                return false;
            place = (int)sum;
            var threshold = Math.Clamp(k - bias, TMin, TMax);
            if (digit < threshold)
                return true;
            weight = Math.Min(weight * (Base - threshold), int.MaxValue);
        }
        return false;
    }

    private static int Adapt(int delta, int count, bool first)
    {
        delta = first ? delta / Damp : delta / 2;
        delta += delta / count;
        var k = 0;
        for (; delta > (Base - TMin) * TMax / 2; k += Base)
            delta /= Base - TMin;
        return k + ((Base - TMin + 1) * delta / (delta + Skew));
    }

    private static int DigitOf(char c) => c switch
    {
        >= 'a' and <= 'z' => c - 'a',
        >= 'A' and <= 'Z' => c - 'A',
        >= '0' and <= '9' => c - '0' + 26,
        _ => -1,
    };
}
