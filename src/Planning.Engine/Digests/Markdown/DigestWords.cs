using System.Globalization;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Digests.Markdown;

/// <summary>Signs and short forms that the Markdown uses.</summary>
internal static class DigestWords
{
    public static string Sign(Mark mark) => mark switch
    {
        Mark.Good => "✅",
        Mark.Bad => "❌",
        _ => "⏳",
    };

    public static string Sign(KpiStatus status) => status switch
    {
        KpiStatus.Met => "✅",
        KpiStatus.Missed => "❌",
        _ => "⏳",
    };

    public static string Sign(Trend trend) => trend switch
    {
        Trend.Up => "↑",
        Trend.Down => "↓",
        Trend.Steady => "→",
        _ => "–",
    };

    public static string Day(DateOnly? day) => day is { } known ? known.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "–";

    public static string Day(DateTimeOffset? at) => at is { } known ? Day(DateOnly.FromDateTime(known.UtcDateTime)) : "–";

    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A snake_case name as a heading or label: <c>Cycle time</c>.</summary>
    public static string Label(string name)
    {
        var words = MarkdownText.Escape(name.Replace('_', ' '));
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>A number with a unit that somebody wrote into the rulebook.</summary>
    public static string Amount(decimal? number, string unit) =>
        number is null ? Numbers.Text(number) : $"{Numbers.Text(number)} {MarkdownText.Escape(Numbers.UnitText(unit))}";

    public static string Signed(decimal? number, string unit) =>
        number is { } known ? $"{(known > 0 ? "+" : "")}{Numbers.Text(known)}{unit}" : "–";
}
