using System.Globalization;
using System.Text;
using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Coverage;

/// <summary>Reads coverage reports; the content decides between Cobertura, LCOV and JaCoCo. DTDs are never loaded.</summary>
public static class CoverageReader
{
    /// <summary>The file is none of the three formats.</summary>
    public const string FormatRule = "coverage.format";

    /// <summary>The file breaks the grammar of its format.</summary>
    public const string SyntaxRule = "coverage.syntax";

    /// <summary>A count or rate is no number, negative, or covers more than there is.</summary>
    public const string NumberRule = "coverage.number";

    /// <summary>The stated totals differ from the lines of the report.</summary>
    public const string DisagreeRule = "coverage.totals_disagree";

    /// <summary>The report states no totals; a rate or its lines stand in.</summary>
    public const string NoTotalsRule = "coverage.no_totals";

    /// <summary>The report covers no line at all.</summary>
    public const string NoLinesRule = "coverage.no_lines";

    /// <summary>An LCOV file has the records of one source file more than once.</summary>
    public const string DuplicateFileRule = "coverage.duplicate_file";

    /// <summary>A line of an LCOV file is no record.</summary>
    public const string UnknownRecordRule = "coverage.unknown_record";

    /// <summary>What a rate may differ from its counts: tools write as few as two digits.</summary>
    private const double RateTolerance = 0.01;

    /// <summary>Reads the totals. A report with an error has no value, never a wrong number.</summary>
    public static ReadResult<CoverageReport> Read(ParsedArtifact artifact)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        var sink = new FindingSink(artifact.FileName, ArtifactLimits.Default.MaxFindings);
        if (!artifact.Ok)
            return new ReadResult<CoverageReport>(null, artifact.Findings);
        var report = LooksLikeXml(artifact.Bytes.Span)
            ? XmlCoverage.Read(artifact.Bytes, sink)
            : ReadText(artifact.Bytes.Span, sink);
        // With more findings than are listed, reading may have stopped before the end.
        if (sink.IsFull || sink.Findings.Any(finding => finding.Severity == Severity.Error))
            report = null;
        else if (report is { LineRate: null })
            sink.Add(1, 1, "", NoLinesRule, Severity.Warning, "The report measures no line.", "Check that the tests ran with coverage on.");
        return new ReadResult<CoverageReport>(report, sink.Findings);
    }

    internal static void Count(FindingSink sink, int line, int column, string what, CoverageCount? count)
    {
        if (count is { } c && (c.Valid < 0 || c.Covered < 0 || c.Covered > c.Valid))
            sink.Error(line, column, "", NumberRule, $"{c.Covered} of {c.Valid} {what} cannot be covered.", "Produce the report again.");
    }

    /// <summary>A rate that says other than the counts beside it.</summary>
    internal static void Rate(FindingSink sink, int line, int column, string what, CoverageCount? count, double? declared)
    {
        if (count is not { Rate: { } rate } || declared is not { } stated || Math.Abs(rate - stated) <= RateTolerance)
            return;
        sink.Add(
            line, column, "", DisagreeRule, Severity.Warning,
            string.Create(CultureInfo.InvariantCulture, $"The rate says {stated:0.####} of the {what}, the totals {rate:0.####}."),
            "Produce the report again from complete data; the totals are used as they are.", $"{what} rate");
    }

    private static CoverageReport? ReadText(ReadOnlySpan<byte> bytes, FindingSink sink) =>
        TextMap.Decode(bytes, sink) is { } map ? LcovCoverage.Read(map, sink) : null;

    private static bool LooksLikeXml(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[3..];
        // UTF-16 with its mark is XML as well; an LCOV file never begins with these.
        return bytes.TrimStart(" \t\r\n"u8).StartsWith("<"u8) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);
    }
}
