using System.Globalization;

namespace Planning.Engine.Digests;

/// <summary>How numbers are written. Rounding happens here and nowhere else.</summary>
public static class Numbers
{
    /// <summary>Places in the JSON form: enough to compare, few enough that a double holds them exactly as written.</summary>
    public const int StoredDecimals = 6;

    private const int ShownDecimals = 2;

    public static decimal Stored(decimal value) => Trim(decimal.Round(value, StoredDecimals, MidpointRounding.AwayFromZero));

    public static decimal? Stored(decimal? value) => value is { } number ? Stored(number) : null;

    /// <summary>At most two places, a point as decimal sign, no grouping: <c>1.53</c>.</summary>
    public static string Text(decimal value) =>
        decimal.Round(value, ShownDecimals, MidpointRounding.AwayFromZero).ToString("0.##", CultureInfo.InvariantCulture);

    public static string Text(decimal? value) => value is { } number ? Text(number) : "no data";

    /// <summary>With its unit: <c>95 %</c>, <c>1.53 points per day</c>.</summary>
    public static string Text(decimal? value, string? unit) => value is null || unit is null ? Text(value) : $"{Text(value)} {UnitText(unit)}";

    public static decimal? Percent(decimal part, decimal whole) => whole == 0 ? null : Stored(part / whole * 100);

    /// <summary>A unit as it is read aloud.</summary>
    public static string UnitText(string unit) => unit == "percentage" ? "%" : unit.Replace('_', ' ');

    /// <summary>2.50 and 2.5 are one number, and shall be one text.</summary>
    private static decimal Trim(decimal value) => value / 1.000000000000000000000000000000000m;
}
