using Planning.Artifacts.Lint;

namespace Planning.Artifacts.Documents;

/// <summary>Reads artifacts into positioned trees. Bad input gives findings, never exceptions.</summary>
public static class ArtifactParser
{
    /// <summary>Parses one file; the name decides the format.</summary>
    /// <param name="bytes">The file as received, with or without byte order mark.</param>
    /// <param name="fileName">Name for findings and format.</param>
    /// <param name="limits">Bounds; <see cref="ArtifactLimits.Default"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limits themselves are wrong.</exception>
    public static ParsedArtifact Parse(ReadOnlyMemory<byte> bytes, string fileName, ArtifactLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        limits ??= ArtifactLimits.Default;
        limits.Validate();
        var format = FormatOf(fileName);
        var sink = new FindingSink(fileName, limits.MaxFindings);
        if (bytes.Length > limits.MaxBytes)
        {
            sink.Error(
                1, 1, "", Rules.MaxBytes, $"The file has {bytes.Length} bytes; max_bytes is {limits.MaxBytes}.",
                "Split the artifact, or raise the limit.", "max_bytes");
            return new ParsedArtifact(fileName, format, null, null, bytes, sink.Findings);
        }
        if (format == ArtifactFormat.Other)
            return new ParsedArtifact(fileName, format, null, null, bytes, sink.Findings);

        // JSON is read as bytes; its text matters only where they are none.
        if (format == ArtifactFormat.Json && TextMap.IsText(bytes.Span))
            return new ParsedArtifact(fileName, format, new JsonTreeReader(bytes, limits, sink).Read(), null, bytes, sink.Findings);
        var map = TextMap.Decode(bytes.Span, sink);
        var lint = map is not null && format == ArtifactFormat.Yaml ? new LintCollector(map) : null;
        var root = lint is null ? null : new YamlTreeReader(map!, limits, sink, lint).Read();
        return new ParsedArtifact(fileName, format, root, map?.Text, bytes, sink.Findings) { Lint = lint };
    }

    /// <summary>The format that a file name stands for.</summary>
    public static ArtifactFormat FormatOf(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        return Path.GetExtension(fileName).ToUpperInvariant() switch
        {
            ".YAML" or ".YML" => ArtifactFormat.Yaml,
            ".JSON" => ArtifactFormat.Json,
            ".MD" or ".MARKDOWN" => ArtifactFormat.Markdown,
            _ => ArtifactFormat.Other,
        };
    }
}
