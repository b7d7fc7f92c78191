using System.Globalization;
using System.Text;
using System.Xml;
using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Coverage;

/// <summary>Reads the XML formats in one pass.</summary>
internal static class XmlCoverage
{
    private static readonly XmlReaderSettings Settings = new()
    {
        // An external DTD would be a network access on behalf of whoever wrote the report.
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    public static CoverageReport? Read(ReadOnlyMemory<byte> bytes, FindingSink sink)
    {
        if (ForeignByte(bytes.Span) is { } foreign)
        {
            sink.Error(
                foreign.Line, foreign.Column, "", CoverageReader.SyntaxRule, "This is not XML: a byte of the declaration is no ASCII.", "Produce the report again.",
                "not XML");
            return null;
        }
        try
        {
            using var stream = new MemoryStream(bytes.ToArray(), writable: false);
            using var reader = XmlReader.Create(stream, Settings);
            reader.MoveToContent();
            switch (reader.LocalName)
            {
                case "coverage":
                    return CoberturaCoverage.Read(reader, sink);
                case "report":
                    return JacocoCoverage.Read(reader, sink);
                default:
                    var (line, column) = Place(reader);
                    sink.Error(
                        line, column, "", CoverageReader.FormatRule, $"The root element is '{reader.LocalName}'; Cobertura has 'coverage', JaCoCo 'report'.",
                        "Attach a coverage report in Cobertura, LCOV or JaCoCo form.");
                    return null;
            }
        }
        catch (XmlException error)
        {
            sink.Error(
                Math.Max(1, error.LineNumber), Math.Max(1, error.LinePosition), "", CoverageReader.SyntaxRule,
                $"This is not XML: {error.Message}", "Produce the report again.", "not XML");
            return null;
        }
    }

    /// <summary>Place of an element's opening bracket.</summary>
    public static (int Line, int Column) Place(XmlReader reader)
    {
        var info = (IXmlLineInfo)reader;
        return (info.LineNumber, Math.Max(1, info.LinePosition - 1));
    }

    /// <summary>A count in an attribute; null when the attribute is absent, or no count, which is a finding.</summary>
    public static long? Count(XmlReader reader, string name, FindingSink sink)
    {
        var text = reader.GetAttribute(name);
        if (text is null)
            return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= int.MaxValue)
            return value;
        Number(reader, name, text, sink);
        return null;
    }

    /// <summary>A rate from 0 to 1 in an attribute; null when absent, or none, which is a finding.</summary>
    public static double? Rate(XmlReader reader, string name, FindingSink sink)
    {
        var text = reader.GetAttribute(name);
        if (text is null)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1)
            return value;
        Number(reader, name, text, sink);
        return null;
    }

    /// <summary>The first byte of the declaration that no encoding has there; the platform's reader passes over it, and then counts lines wrongly.</summary>
    private static (int Line, int Column)? ForeignByte(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        if (!bytes.StartsWith("<?xml"u8))
            return null;
        var declaration = bytes.IndexOf("?>"u8) is >= 0 and var end ? bytes[..end] : bytes;
        var at = declaration.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
        return at < 0 ? null : TextMap.Of(Encoding.ASCII.GetString(declaration[..at])).Position(at);
    }

    private static void Number(XmlReader reader, string name, string text, FindingSink sink)
    {
        var (line, column) = Place(reader);
        sink.Error(line, column, "", CoverageReader.NumberRule, $"'{name}' is '{text}', which is not possible.", "Produce the report again.");
    }
}
