using System.Globalization;
using System.Text;

namespace Planning.Artifacts.Canonical;

/// <summary>Writes a double as ECMAScript's Number::toString does, which RFC 8785 prescribes.</summary>
public static class EcmaScriptNumber
{
    /// <summary>The shortest text that reads back as the same double.</summary>
    /// <exception cref="CanonicalJsonException">The value is infinite or not a number.</exception>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
            throw new CanonicalJsonException("A number is infinite or not a number; JSON has no text for it.");
        if (value == 0)
            return "0";
        if (value < 0)
            return "-" + Format(-value);

        // .NET gives the same shortest digits as ECMAScript; only the place of point and exponent differs.
        var (digits, point) = Split(value.ToString("R", CultureInfo.InvariantCulture));
        return Place(digits, point);
    }

    /// <summary>The significant digits, and the place of the decimal point counted from their left end.</summary>
    private static (string Digits, int Point) Split(string text)
    {
        var exponent = 0;
        if (text.IndexOf('E') is var e and >= 0)
        {
            exponent = int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..e];
        }
        var point = text.IndexOf('.') is var dot and >= 0 ? dot : text.Length;
        var digits = text.Replace(".", "");
        var zeros = digits.Length - digits.TrimStart('0').Length;
        return (digits.Trim('0'), point - zeros + exponent);
    }

    private static string Place(string digits, int point)
    {
        if (point is > 0 and <= 21)
        {
            return digits.Length <= point
                ? digits.PadRight(point, '0')
                : string.Concat(digits.AsSpan(0, point), ".", digits.AsSpan(point));
        }
        if (point is > -6 and <= 0)
            return "0." + new string('0', -point) + digits;
        var text = new StringBuilder().Append(digits[0]);
        if (digits.Length > 1)
            text.Append('.').Append(digits, 1, digits.Length - 1);
        var exponent = point - 1;
        return text.Append('e').Append(exponent < 0 ? '-' : '+').Append(Math.Abs(exponent)).ToString();
    }
}
