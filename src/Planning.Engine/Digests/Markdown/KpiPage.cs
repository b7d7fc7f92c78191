using System.Collections.Immutable;
using System.Text.Json;
using Planning.Engine.Json;
using static Planning.Engine.Digests.Markdown.DigestWords;
using static Planning.Engine.Digests.Markdown.MarkdownText;

namespace Planning.Engine.Digests.Markdown;

/// <summary>The KPI table, and the appendix that shows how each value came about.</summary>
internal static class KpiPage
{
    /// <summary>Members of a list and event ids that are shown of one number.</summary>
    private const int MaxShown = 20;

    public static void Table(MarkdownWriter page, ImmutableArray<KpiRow> kpis)
    {
        if (kpis.IsEmpty)
            return;
        page.Heading(2, "Key performance indicators");
        page.Table(
            ["KPI", "Description", "Target", "Current", "Status", "Trend"],
            kpis.Select(k => (string[])
            [
                $"**{Label(k.Name)}**", Escape(k.Description), Amount(k.Target, k.Unit), Amount(k.Value, k.Unit) + (k.Review ? " (review)" : ""),
                Sign(k.Status), Sign(k.Trend),
            ]));
        if (kpis.Any(k => k.Review))
            page.Paragraph("Values marked (review) are outside their usual range over the last three cycles.");
    }

    public static void Appendix(MarkdownWriter page, Digest digest)
    {
        page.Heading(2, "Appendix");
        if (!digest.Kpis.IsEmpty)
        {
            page.Heading(3, "Formulas and inputs");
            page.Fenced("yaml", digest.Kpis.SelectMany(Lines));
            if (digest.Kpis.Any(k => !k.Earlier.IsEmpty))
            {
                page.Heading(3, "Earlier cycles");
                page.Table(
                    ["KPI", .. digest.Kpis[0].Earlier.Select(e => Code(e.Cycle.Value)), "Usual range"],
                    digest.Kpis.Where(k => !k.Earlier.IsEmpty).Select(k => (string[])
                    [
                        Label(k.Name), .. k.Earlier.Select(e => Numbers.Text(e.Value)),
                        k.UsualRange is { } usual ? $"{Numbers.Text(usual.From)} to {Numbers.Text(usual.To)}" : "–",
                    ]));
            }
        }
        page.Heading(3, "Sources");
        page.Table(
            ["Number", "Events"],
            digest.Kpis.SelectMany(k => k.Inputs).Select(i => (i.Name, i.Sources))
                .Concat(digest.Summary.Select(f => (f.Name, f.Sources)))
                .DistinctBy(s => s.Name, StringComparer.Ordinal)
                .Select(s => (string[])[Code(s.Name), Events(s.Sources)]));
    }

    private static IEnumerable<string> Lines(KpiRow kpi) =>
    [
        $"{Yaml(kpi.Name)}:",
        $"  formula: {Yaml(kpi.Formula)}",
        .. kpi.Inputs.IsEmpty ? Array.Empty<string>() : ["  inputs:", .. kpi.Inputs.Select(i => $"    {Yaml(i.Name)}: {Value(i)}")],
        $"  result: {Yaml(Numbers.Text(kpi.Value, kpi.Unit))}",
    ];

    private static string Value(InputRow input)
    {
        if (input.Values is not { } values)
            return Numbers.Text(input.Value);
        var shown = $"[{string.Join(", ", values.Take(MaxShown).Select(v => Numbers.Text(v)))}]";
        return values.Length > MaxShown ? $"{shown} # and {values.Length - MaxShown} more in the JSON form" : shown;
    }

    private static string Events(ImmutableArray<string> sources)
    {
        var shown = string.Join(", ", sources.Take(MaxShown).Select(Code));
        return sources.Length > MaxShown ? $"{shown} and {sources.Length - MaxShown} more in the JSON form" : shown;
    }

    /// <summary>Plain where YAML reads it back as it is, else quoted; always one line.</summary>
    private static string Yaml(string text)
    {
        var line = OneLine(text);
        var plain = line.Length > 0 && char.IsAsciiLetterOrDigit(line[0]) && line.All(c => char.IsAsciiLetterOrDigit(c) || "_.()/*+-<>= ,%[]".Contains(c, StringComparison.Ordinal));
        return plain ? line : JsonSerializer.Serialize(line, PlanningJson.Options);
    }
}
