using System.CommandLine;
using Planning.Artifacts;

namespace Planning.Cli.Artifacts;

/// <summary>What was judged, and everything that was found.</summary>
/// <param name="Files">Files that were judged.</param>
internal sealed record FindingReport(int Files, IReadOnlyList<Finding> Findings)
{
    public int Errors => Findings.Count(finding => finding.Severity == Severity.Error);

    public int Warnings => Findings.Count(finding => finding.Severity == Severity.Warning);

    public string Summary => $"{Count(Files, "file")}, {Count(Errors, "error")}, {Count(Warnings, "warning")}";

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}

/// <summary>How findings are told, and where.</summary>
internal sealed class ReportOptions
{
    private const string Text = "text";
    private const string Json = "json";
    private const string SarifFormat = "sarif";

    private readonly Option<string> format = new("--format")
    {
        Description = "text for people, json for programs, sarif (2.1.0) for code hosts.",
        DefaultValueFactory = _ => Text,
    };

    private readonly Option<string?> output = new("--output") { Description = "Write the report to a file instead; only the counts are shown.", HelpName = "FILE" };

    public ReportOptions() => format.AcceptOnlyFromAmong(Text, Json, SarifFormat);

    public void AddTo(Command command)
    {
        command.Add(format);
        command.Add(output);
    }

    public async Task WriteAsync(ParseResult parsed, FindingReport report, CancellationToken cancellation)
    {
        var text = parsed.GetRequiredValue(format) switch
        {
            Json => FindingJson.Of(report),
            SarifFormat => Sarif.Of(report, Directory.GetCurrentDirectory()),
            _ => FindingText.Of(report),
        };
        var shown = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(output) is not { } path)
        {
            await shown.WriteAsync(text.AsMemory(), cancellation);
            return;
        }
        await File.WriteAllTextAsync(path, text, cancellation);
        await shown.WriteLineAsync(report.Summary.AsMemory(), cancellation);
    }
}
