using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Lint;

/// <summary>Finds what is legal YAML, but read differently by different programs or people.</summary>
public static class YamlLint
{
    /// <summary>Parses and lints a file; findings of parsing come first.</summary>
    public static IReadOnlyList<Finding> Run(ReadOnlyMemory<byte> bytes, string fileName, YamlLintOptions? options = null)
    {
        var parsed = ArtifactParser.Parse(bytes, fileName);
        return [.. parsed.Findings, .. Run(parsed, options)];
    }

    /// <summary>Lints a parsed file; findings of parsing are not repeated. A file in another format has no findings.</summary>
    public static IReadOnlyList<Finding> Run(ParsedArtifact artifact, YamlLintOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        options ??= YamlLintOptions.Default;
        if (artifact.Format != ArtifactFormat.Yaml || artifact.Text is not { } text)
            return [];
        var sink = new FindingSink(artifact.FileName, int.MaxValue);
        var form = options.Strict ? Severity.Error : Severity.Warning;
        foreach (var fact in artifact.Lint?.Facts ?? [])
            sink.Add(fact.Line, fact.Column, fact.Pointer, fact.Rule, fact.IsForm ? form : Severity.Error, fact.Message, fact.Advice);
        LineLint.Run(TextMap.Of(text), artifact.Lint?.Content ?? new HashSet<int>(), sink, form);

        // The same place twice would be the same fault twice: a tab that ends the parsing is told by it.
        var found = sink.Findings.Where(finding => !artifact.Findings.Any(parsing => (parsing.Line, parsing.Column) == (finding.Line, finding.Column)))
            .OrderBy(finding => finding.Line).ThenBy(finding => finding.Column);
        var limited = new FindingSink(artifact.FileName, options.MaxFindings);
        foreach (var finding in found)
            limited.Add(finding.Line, finding.Column, finding.Pointer, finding.Rule, finding.Severity, finding.Message, finding.Advice);
        return limited.Findings;
    }
}
