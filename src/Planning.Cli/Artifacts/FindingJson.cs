using System.Text.Json;
using System.Text.Json.Nodes;
using Planning.Artifacts;

namespace Planning.Cli.Artifacts;

/// <summary>Findings for programs; the field names are those of a gate's report.</summary>
internal static class FindingJson
{
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, NewLine = "\n" };

    public static string Of(FindingReport report) => new JsonObject
    {
        ["files"] = report.Files,
        ["errors"] = report.Errors,
        ["warnings"] = report.Warnings,
        ["findings"] = new JsonArray([.. report.Findings.Select(Of)]),
    }.ToJsonString(Indented) + "\n";

    private static JsonObject Of(Finding f)
    {
        var json = new JsonObject
        {
            ["file"] = f.File,
            ["line"] = f.Line,
            ["column"] = f.Column,
            ["pointer"] = f.Pointer,
            ["rule"] = f.Rule,
            ["severity"] = FindingText.Weight(f.Severity),
            ["message"] = f.Message,
            ["advice"] = f.Advice,
            ["fingerprint"] = f.Fingerprint,
        };
        if (f.SchemaLocation is { } location)
            json["schema_location"] = location;
        return json;
    }
}
