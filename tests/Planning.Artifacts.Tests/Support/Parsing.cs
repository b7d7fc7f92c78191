using System.Text;
using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Tests.Support;

/// <summary>Short ways to parse text in tests.</summary>
internal static class Parsing
{
    public static ParsedArtifact Yaml(string text, ArtifactLimits? limits = null) => Parse(text, "a.yaml", limits);

    public static ParsedArtifact Json(string text, ArtifactLimits? limits = null) => Parse(text, "a.json", limits);

    public static ParsedArtifact Parse(string text, string name, ArtifactLimits? limits = null) =>
        ArtifactParser.Parse(Encoding.UTF8.GetBytes(text), name, limits);

    /// <summary>The findings as <c>rule line:column</c>.</summary>
    public static string[] Places(IEnumerable<Finding> findings) =>
        findings.Select(finding => $"{finding.Rule} {finding.Line}:{finding.Column}").ToArray();
}
