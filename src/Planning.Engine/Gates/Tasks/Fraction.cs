using System.Numerics;

namespace Planning.Engine.Gates.Tasks;

/// <summary>
/// An exact amount. Effort is spread over days and weeks, where decimals would round, and would then find too much or let
/// too much pass.
/// </summary>
internal readonly struct Fraction : IEquatable<Fraction>, IComparable<Fraction>
{
    private readonly BigInteger top;
    private readonly BigInteger bottom;

    private Fraction(BigInteger top, BigInteger bottom)
    {
        var shared = BigInteger.GreatestCommonDivisor(top, bottom);
        (this.top, this.bottom) = shared.IsOne ? (top, bottom) : (top / shared, bottom / shared);
    }

    public static Fraction Zero { get; } = new(0, 1);

    public bool IsZero => top.IsZero;

    public static Fraction Of(decimal amount)
    {
        // A decimal is a whole number of 96 bits over a power of ten.
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(amount, bits);
        var whole = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        return new Fraction(amount < 0 ? -whole : whole, BigInteger.Pow(10, (bits[3] >> 16) & 0xFF));
    }

    /// <param name="bottom">Above 0.</param>
    public static Fraction Of(long top, long bottom) => new(top, bottom);

    public static Fraction operator +(Fraction a, Fraction b) => new((a.top * b.bottom) + (b.top * a.bottom), a.bottom * b.bottom);

    public static Fraction operator -(Fraction a, Fraction b) => new((a.top * b.bottom) - (b.top * a.bottom), a.bottom * b.bottom);

    public static Fraction operator *(Fraction a, Fraction b) => new(a.top * b.top, a.bottom * b.bottom);

    public static Fraction operator *(Fraction a, int b) => new(a.top * b, a.bottom);

    /// <exception cref="DivideByZeroException">By zero.</exception>
    public static Fraction operator /(Fraction a, Fraction b) => b.IsZero
        ? throw new DivideByZeroException()
        : new(a.top * b.bottom, a.bottom * b.top);

    public static bool operator >(Fraction a, Fraction b) => a.CompareTo(b) > 0;

    public static bool operator <(Fraction a, Fraction b) => a.CompareTo(b) < 0;

    public static bool operator ==(Fraction a, Fraction b) => a.Equals(b);

    public static bool operator !=(Fraction a, Fraction b) => !a.Equals(b);

    /// <summary>With two digits, rounded up: what is too much is never shown as what just fits.</summary>
    public decimal Up => -Floor(-top);

    /// <summary>With two digits, rounded down.</summary>
    public decimal Down => Floor(top);

    public bool Equals(Fraction other) => top == other.top && bottom == other.bottom;

    public int CompareTo(Fraction other) => (top * other.bottom).CompareTo(other.top * bottom);

    public override bool Equals(object? obj) => obj is Fraction other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(top, bottom);

    private decimal Floor(BigInteger over)
    {
        var quotient = BigInteger.DivRem(over * 100, bottom, out var rest);
        return (decimal)(rest.Sign < 0 ? quotient - 1 : quotient) / 100;
    }
}
