using System.Globalization;
using System.Numerics;

namespace Planning.Artifacts.Documents;

/// <summary>A decimal number of any size, compared without rounding: mantissa × 10^exponent, without trailing zeros.
/// Numbers of up to 18 digits cost no memory but their own.</summary>
public readonly partial record struct ExactNumber : IComparable<ExactNumber>
{
    /// <summary>The mantissa where it fits; else zero, and <see cref="_large"/> has it.</summary>
    private readonly long _small;
    private readonly BigInteger _large;
    private readonly int _exponent;

    private ExactNumber(long mantissa, int exponent)
    {
        while (mantissa != 0 && mantissa % 10 == 0)
        {
            mantissa /= 10;
            exponent++;
        }
        _small = mantissa;
        _exponent = mantissa == 0 ? 0 : exponent;
    }

    private ExactNumber(BigInteger mantissa, int exponent)
    {
        if (mantissa >= long.MinValue && mantissa <= long.MaxValue)
            _small = (long)mantissa;
        else
            _large = mantissa;
        _exponent = mantissa.IsZero ? 0 : exponent;
    }

    /// <summary>True when the value has no fraction; 1.0 and 1e3 have none.</summary>
    public bool IsIntegral => _exponent >= 0;

    /// <summary>True when the value is zero.</summary>
    public bool IsZero => Sign == 0;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => IsSmall ? Math.Sign(_small) : _large.Sign;

    private bool IsSmall => _large.IsZero;

    private BigInteger Mantissa => IsSmall ? _small : _large;

    /// <summary>Reads a JSON number, or a YAML core schema number (with 0o and 0x, a leading + and a bare point).</summary>
    /// <param name="text">The number; the caller has checked its form and bounded its length.</param>
    public static ExactNumber Parse(string text)
    {
        if (TryParseSmall(text, out var small))
            return small;
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
        if (IsSmall && _exponent == 0)
            return _small;
        var value = Mantissa * BigInteger.Pow(10, _exponent);
        return value >= long.MinValue && value <= long.MaxValue ? (long)value : null;
    }

    /// <summary>The nearest double; infinite where the value is beyond its range.</summary>
    public double ToDouble() => TryToDouble(out var value)
        ? value
        : double.Parse(string.Create(CultureInfo.InvariantCulture, $"{Mantissa}E{_exponent}"), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>True when this value is an integral multiple of <paramref name="divisor"/>, which is not zero.</summary>
    public bool IsMultipleOf(ExactNumber divisor)
    {
        var shift = (long)_exponent - divisor._exponent;
        if (IsZero)
            return true;
        if (IsSmall && divisor.IsSmall && Math.Abs(shift) <= MaxSmallDigits)
            return Aligned(_small, Math.Max(shift, 0)) % Aligned(divisor._small, Math.Max(-shift, 0)) == 0;
        if (shift >= 0)
        {
            var modulus = BigInteger.Abs(divisor.Mantissa);
            return (Mantissa * BigInteger.ModPow(10, shift, modulus) % modulus).IsZero;
        }
        // The mantissa has no trailing zeros, so a divisor with that many more can only fit when the shift is small.
        return -shift <= Digits(Mantissa) && (Mantissa % (divisor.Mantissa * BigInteger.Pow(10, (int)-shift))).IsZero;
    }

    /// <inheritdoc/>
    public int CompareTo(ExactNumber other)
    {
        var shift = (long)_exponent - other._exponent;
        if (IsSmall && other.IsSmall && Math.Abs(shift) <= MaxSmallDigits)
            return Aligned(_small, Math.Max(shift, 0)).CompareTo(Aligned(other._small, Math.Max(-shift, 0)));
        if (Sign != other.Sign)
            return Sign.CompareTo(other.Sign);
        if (IsZero)
            return 0;
        // Numbers of different magnitude are told apart by their lengths; aligning 1e9999 with 1 would be a waste.
        var magnitude = Digits(Mantissa) + (long)_exponent;
        var otherMagnitude = Digits(other.Mantissa) + (long)other._exponent;
        if (magnitude != otherMagnitude)
            return magnitude.CompareTo(otherMagnitude) * Sign;
        var common = Math.Min(_exponent, other._exponent);
        return (Mantissa * BigInteger.Pow(10, _exponent - common))
            .CompareTo(other.Mantissa * BigInteger.Pow(10, other._exponent - common));
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
            ? (Mantissa * BigInteger.Pow(10, _exponent)).ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{Mantissa}E{_exponent}");

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
