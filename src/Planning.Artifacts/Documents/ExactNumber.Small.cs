namespace Planning.Artifacts.Documents;

/// <summary>The way of the numbers that documents are full of: read and compared in machine words.</summary>
public readonly partial record struct ExactNumber
{
    /// <summary>That many digits always fit 64 bits, and twice as many 128.</summary>
    private const int MaxSmallDigits = 18;

    private const int MaxSmallExponent = 9_999;

    /// <summary>Up to these a whole number and a power of ten are doubles exactly.</summary>
    private const long MaxExactDouble = 1L << 53;
    private const int MaxExactPower = 22;

    /// <summary>Reads digits with sign, point and exponent; false where there are too many digits, or something else.</summary>
    private static bool TryParseSmall(ReadOnlySpan<char> text, out ExactNumber number)
    {
        number = default;
        var at = 0;
        var negative = IsMinus(text, ref at);
        var (mantissa, digits, fraction, point) = (0L, 0, 0, false);
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (c == '.' && !point)
            {
                point = true;
                continue;
            }
            if (!char.IsAsciiDigit(c))
                break;
            if (++digits > MaxSmallDigits)
                return false;
            mantissa = (mantissa * 10) + (c - '0');
            fraction += point ? 1 : 0;
        }
        if (digits == 0 || !TryParseExponent(text, at, out var exponent))
            return false;
        number = new ExactNumber(negative ? -mantissa : mantissa, exponent - fraction);
        return true;
    }

    private static bool TryParseExponent(ReadOnlySpan<char> text, int at, out int exponent)
    {
        exponent = 0;
        if (at == text.Length)
            return true;
        if (text[at++] is not ('e' or 'E'))
            return false;
        var negative = IsMinus(text, ref at);
        if (at == text.Length)
            return false;
        for (; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit(text[at]) || exponent > MaxSmallExponent)
                return false;
            exponent = (exponent * 10) + (text[at] - '0');
        }
        exponent = negative ? -exponent : exponent;
        return true;
    }

    /// <summary>Passes over a sign.</summary>
    private static bool IsMinus(ReadOnlySpan<char> text, ref int at)
    {
        if (at == text.Length || text[at] is not ('-' or '+'))
            return false;
        return text[at++] == '-';
    }

    /// <summary>One operation on two doubles that are exact gives the nearest double.</summary>
    private bool TryToDouble(out double value)
    {
        value = 0;
        if (!IsSmall || _small is < -MaxExactDouble or > MaxExactDouble || _exponent is < -MaxExactPower or > MaxExactPower)
            return false;
        var power = 1d;
        for (var i = Math.Abs(_exponent); i > 0; i--)
            power *= 10;
        value = _exponent < 0 ? _small / power : _small * power;
        return true;
    }

    /// <summary>A mantissa times ten to the power of at most <see cref="MaxSmallDigits"/>.</summary>
    private static Int128 Aligned(long mantissa, long shift)
    {
        var power = 1L;
        for (; shift > 0; shift--)
            power *= 10;
        return (Int128)mantissa * power;
    }
}
