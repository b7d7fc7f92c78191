using System.Xml;

namespace Planning.Artifacts.Coverage;

/// <summary>JaCoCo: the report's own counters are the totals, those of its source files check them.</summary>
internal static class JacocoCoverage
{
    public static CoverageReport Read(XmlReader reader, FindingSink sink)
    {
        var (line, column) = XmlCoverage.Place(reader);
        CoverageCount? lines = null, branches = null;
        var files = default(CoverageCount);
        var parent = "";
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.LocalName == "sourcefile")
                parent = "sourcefile";
            else if (reader.LocalName is "class" or "package" or "method")
                parent = reader.LocalName;
            if (reader.LocalName != "counter")
                continue;
            var type = reader.GetAttribute("type");
            if (type is not ("LINE" or "BRANCH") || Counter(reader, sink) is not { } count)
                continue;
            if (reader.Depth == 1 && type == "LINE")
                lines = count;
            else if (reader.Depth == 1)
                branches = count;
            else if (type == "LINE" && parent == "sourcefile" && reader.Depth > 2)
                files = files.Plus(count.Valid, count.Covered);
        }
        if (lines is null)
        {
            sink.Error(
                line, column, "", CoverageReader.NoTotalsRule, "The report has no LINE counter of its own.",
                "Let JaCoCo write the report with line numbers in the class files.");
        }
        else if (files != lines)
        {
            sink.Add(
                line, column, "", CoverageReader.DisagreeRule, Severity.Warning,
                $"The totals say {lines.Value.Covered} of {lines.Value.Valid} lines, the source files hold {files.Covered} of {files.Valid}.",
                "Produce the report again from complete data; the totals are used as they are.", "line totals");
        }
        return new CoverageReport(CoverageFormat.Jacoco, lines, branches);
    }

    private static CoverageCount? Counter(XmlReader reader, FindingSink sink)
    {
        var missed = XmlCoverage.Count(reader, "missed", sink);
        var covered = XmlCoverage.Count(reader, "covered", sink);
        if (missed is null || covered is null)
            return null;
        var count = new CoverageCount(missed.Value + covered.Value, covered.Value);
        var (line, column) = XmlCoverage.Place(reader);
        CoverageReader.Count(sink, line, column, "lines or branches", count);
        return count;
    }
}
