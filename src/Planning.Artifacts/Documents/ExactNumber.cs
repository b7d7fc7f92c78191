using System.Globalization;
using System.Numerics;

namespace Planning.Artifacts.Documents;

/// <summary>A decimal number of any size, compared without rounding: mantissa × 10^exponent, without trailing zeros.</summary>
public readonly record struct ExactNumber : IComparable<ExactNumber>
{
    private readonly BigInteger _mantissa;
    private readonly int _exponent;

    private ExactNumber(BigInteger mantissa, int exponent)
    {
        _mantissa = mantissa;
        _exponent = mantissa.IsZero ? 0 : exponent;
    }

    /// <summary>True when the value has no fraction; 1.0 and 1e3 have none.</summary>
    public bool IsIntegral => _exponent >= 0;

    /// <summary>True when the value is zero.</summary>
    public bool IsZero => _mantissa.IsZero;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => _mantissa.Sign;

    /// <summary>Reads a JSON number, or a YAML core schema number (with 0o and 0x, a leading + and a bare point).</summary>
    /// <param name="text">The number; the caller has checked its form and bounded its length.</param>
    public static ExactNumber Parse(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small))
            return Normal(small);
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return Normal(BigInteger.Parse("0" + text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture), 0);
        if (text.StartsWith("0o", StringComparison.Ordinal))
            return Normal(text.AsSpan(2).ToArray().Aggregate(BigInteger.Zero, (sum, digit) => (sum * 8) + (digit - '0')), 0);

        var exponent = 0;
        var mantissa = text.AsSpan();
        if (mantissa.IndexOfAny('e', 'E') is var e and >= 0)
        {
            exponent = ClampedExponent(mantissa[(e + 1)..]);
            mantissa = mantissa[..e];
        }
        var digits = mantissa.ToString();
        if (mantissa.IndexOf('.') is var point and >= 0)
        {
            digits = digits.Remove(point, 1);
            exponent -= mantissa.Length - point - 1;
        }
        return Normal(BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), exponent);
    }

    /// <summary>The value as a 64-bit integer, or null where it is none or too large.</summary>
    public long? ToInt64()
    {
        if (!IsIntegral || _exponent > 19)
            return null;
        var value = _mantissa * BigInteger.Pow(10, _exponent);
        return value >= long.MinValue && value <= long.MaxValue ? (long)value : null;
    }

    /// <summary>The nearest double; infinite where the value is beyond its range.</summary>
    public double ToDouble() =>
        double.Parse(string.Create(CultureInfo.InvariantCulture, $"{_mantissa}E{_exponent}"), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>True when this value is an integral multiple of <paramref name="divisor"/>, which is not zero.</summary>
    public bool IsMultipleOf(ExactNumber divisor)
    {
        var shift = (long)_exponent - divisor._exponent;
        if (IsZero)
            return true;
        if (shift >= 0)
        {
            var modulus = BigInteger.Abs(divisor._mantissa);
            return (_mantissa * BigInteger.ModPow(10, shift, modulus) % modulus).IsZero;
        }
        // The mantissa has no trailing zeros, so a divisor with that many more can only fit when the shift is small.
        return -shift <= Digits(_mantissa) && (_mantissa % (divisor._mantissa * BigInteger.Pow(10, (int)-shift))).IsZero;
    }

    /// <inheritdoc/>
    public int CompareTo(ExactNumber other)
    {
        if (Sign != other.Sign)
            return Sign.CompareTo(other.Sign);
        if (IsZero)
            return 0;
        // Numbers of different magnitude are told apart by their lengths; aligning 1e9999 with 1 would be a waste.
        var magnitude = Digits(_mantissa) + (long)_exponent;
        var otherMagnitude = Digits(other._mantissa) + (long)other._exponent;
        if (magnitude != otherMagnitude)
            return magnitude.CompareTo(otherMagnitude) * Sign;
        var common = Math.Min(_exponent, other._exponent);
        return (_mantissa * BigInteger.Pow(10, _exponent - common))
            .CompareTo(other._mantissa * BigInteger.Pow(10, other._exponent - common));
    }

    /// <summary>Compares by value.</summary>
    public static bool operator <(ExactNumber left, ExactNumber right) => left.CompareTo(right) < 0;

    /// <summary>Compares by value.</summary>
    public static bool operator >(ExactNumber left, ExactNumber right) => left.CompareTo(right) > 0;

    /// <summary>Compares by value.</summary>
    public static bool operator <=(ExactNumber left, ExactNumber right) => left.CompareTo(right) <= 0;

    /// <summary>Compares by value.</summary>
    public static bool operator >=(ExactNumber left, ExactNumber right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() =>
        _exponent is >= 0 and <= 20
            ? (_mantissa * BigInteger.Pow(10, _exponent)).ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{_mantissa}E{_exponent}");

    private static ExactNumber Normal(long value)
    {
        var exponent = 0;
        while (value != 0 && value % 10 == 0)
        {
            value /= 10;
            exponent++;
        }
        return new ExactNumber(value, exponent);
    }

    private static ExactNumber Normal(BigInteger mantissa, int exponent)
    {
        while (!mantissa.IsZero)
        {
            var quotient = BigInteger.DivRem(mantissa, 10, out var remainder);
            if (!remainder.IsZero)
                break;
            mantissa = quotient;
            exponent++;
        }
        return new ExactNumber(mantissa, exponent);
    }

    /// <summary>Exponents beyond ±10^9 behave alike: larger or smaller than everything that a plan holds.</summary>
    private static int ClampedExponent(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? Math.Clamp(value, -1_000_000_000, 1_000_000_000)
            : text[0] == '-' ? -1_000_000_000 : 1_000_000_000;

    private static int Digits(BigInteger value) => BigInteger.Abs(value).ToString(CultureInfo.InvariantCulture).Length;
}
