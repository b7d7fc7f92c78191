using System.Globalization;
using Planning.Contracts;

namespace Planning.Cli.Rulebooks;

/// <summary>Rulebooks and dry runs as lines of text.</summary>
internal static class RulebookText
{
    public static string Of(RulebookHistoryItem item) => string.Create(
        CultureInfo.InvariantCulture, $"{item.At.UtcDateTime:yyyy-MM-dd HH:mm}Z  {item.Event,-9}  {item.Hash}  by {item.By}{(item.Active ? "  holds" : "")}");

    /// <summary>A plan, each verdict that flips, and because of what.</summary>
    public static IEnumerable<string> Of(DryRunItem plan) =>
    [
        $"{plan.PlanId}  {plan.Status}  {plan.Stream}: {plan.Title}",
        .. plan.Flips.SelectMany(f => new[] { $"  {f.Gate ?? f.Verdict}: {f.From} -> {f.To}" }.Concat(f.Because.Select(b => $"    {b.Source}: {b.Message}"))),
    ];

    /// <param name="holding">The rulebook that held while the last page was judged.</param>
    public static string Summary(int judged, int flips, string holding) =>
        $"{Count(judged, "open plan")} judged, {Count(flips, "verdict")} would flip; {holding} holds.";

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
