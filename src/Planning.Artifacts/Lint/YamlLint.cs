using Planning.Artifacts.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

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
        var content = new HashSet<int>();
        if (artifact.Root is not null)
            Events(text, sink, form, content);
        LineLint.Run(TextMap.Of(text), content, sink, form);

        var found = sink.Findings.OrderBy(finding => finding.Line).ThenBy(finding => finding.Column);
        var limited = new FindingSink(artifact.FileName, options.MaxFindings);
        foreach (var finding in found)
            limited.Add(finding.Line, finding.Column, finding.Pointer, finding.Rule, finding.Severity, finding.Message, finding.Advice);
        return limited.Findings;
    }

    /// <summary>Walks the events of the first document; <paramref name="content"/> gets the 1-based lines that are text of a scalar.</summary>
    private static void Events(string text, FindingSink sink, Severity form, HashSet<int> content)
    {
        var parser = new Parser(new Scanner(new StringReader(ForeignBreaks.Hide(text).Hidden), skipComments: true));
        var indentation = new IndentationLint(text, sink, form);
        var anchors = new AnchorLint(sink, form);
        try
        {
            while (parser.MoveNext() && parser.Current is not DocumentEnd)
            {
                var current = parser.Current!;
                indentation.Take(current);
                anchors.Take(current);
                if (current is not Scalar scalar)
                    continue;
                if (scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty)
                    ScalarLint.Check(scalar, sink, form);
                for (var line = scalar.Start.Line + 1; line <= scalar.End.Line; line++)
                    content.Add((int)line);
            }
        }
        catch (YamlException)
        {
            // Parsing has reported the place; what came before it is linted all the same.
        }
        anchors.Finish();
    }
}
