using System.Text.Json.Nodes;
using Planning.Artifacts;

namespace Planning.Cli.Artifacts;

/// <summary>Findings as a log in the Static Analysis Results Interchange Format, SARIF 2.1.0 (OASIS), which code hosts show in place.</summary>
internal static class Sarif
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    /// <summary>The base that relative paths start from; code hosts set it to the root of the checkout.</summary>
    private const string Root = "%SRCROOT%";

    private static readonly string Version = typeof(Sarif).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <param name="folder">Absolute path of the folder that relative paths start from.</param>
    public static string Of(FindingReport report, string folder)
    {
        var rules = report.Findings.Select(finding => finding.Rule).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var run = new JsonObject
        {
            ["tool"] = new JsonObject
            {
                ["driver"] = new JsonObject
                {
                    ["name"] = "planning",
                    ["version"] = Version,
                    ["rules"] = new JsonArray([.. rules.Select(Rule)]),
                },
            },
            ["columnKind"] = "utf16CodeUnits",
            ["originalUriBaseIds"] = new JsonObject { [Root] = new JsonObject { ["uri"] = new Uri(folder.TrimEnd('/') + "/").AbsoluteUri } },
            ["results"] = new JsonArray([.. report.Findings.Select(finding => Result(finding, rules, folder))]),
        };
        return new JsonObject { ["$schema"] = Schema, ["version"] = "2.1.0", ["runs"] = new JsonArray(run) }.ToJsonString(FindingJson.Indented) + "\n";
    }

    private static JsonObject Rule(string rule)
    {
        var (what, advice) = RuleHelp.Of(rule);
        return new JsonObject
        {
            ["id"] = rule,
            ["shortDescription"] = new JsonObject { ["text"] = what },
            ["help"] = new JsonObject { ["text"] = $"{what} {advice}" },
        };
    }

    private static JsonObject Result(Finding f, List<string> rules, string folder)
    {
        var location = new JsonObject
        {
            ["physicalLocation"] = new JsonObject
            {
                ["artifactLocation"] = Artifact(f.File, folder),
                ["region"] = new JsonObject { ["startLine"] = f.Line, ["startColumn"] = f.Column },
            },
        };
        if (f.Pointer.Length > 0)
            location["logicalLocations"] = new JsonArray(new JsonObject { ["fullyQualifiedName"] = f.Pointer });
        return new JsonObject
        {
            ["ruleId"] = f.Rule,
            ["ruleIndex"] = rules.IndexOf(f.Rule),
            ["level"] = f.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" },
            ["message"] = new JsonObject { ["text"] = $"{f.Message} {f.Advice}" },
            ["locations"] = new JsonArray(location),
            ["partialFingerprints"] = new JsonObject { ["planningFinding/v1"] = f.Fingerprint },
        };
    }

    private static JsonObject Artifact(string file, string folder)
    {
        var path = Path.GetFullPath(file, folder);
        var relative = Path.GetRelativePath(folder, path);
        if (relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative))
            return new JsonObject { ["uri"] = new Uri(path).AbsoluteUri };
        return new JsonObject
        {
            ["uri"] = string.Join('/', relative.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString)),
            ["uriBaseId"] = Root,
        };
    }
}
