using System.Text;
using Planning.Artifacts;

namespace Planning.Cli.Artifacts;

/// <summary>Findings for people and editors: a line each, the counts last.</summary>
internal static class FindingText
{
    public static string Of(FindingReport report)
    {
        var text = new StringBuilder();
        foreach (var f in report.Findings)
            text.Append(Line(f)).Append('\n');
        return text.Append(report.Summary).Append('\n').ToString();
    }

    public static string Line(Finding f) => $"{f.File}:{f.Line}:{f.Column}: {Weight(f.Severity)} {f.Rule} {OneLine(f.Message)} {OneLine(f.Advice)}";

    public static string Weight(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "info",
    };

    /// <summary>Messages quote what a file holds, which may be a line break or a terminal's control sequence.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
