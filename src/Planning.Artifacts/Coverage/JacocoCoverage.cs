using System.Xml;

namespace Planning.Artifacts.Coverage;

/// <summary>JaCoCo: the report's own counters are the totals, those of its source files check them.</summary>
internal static class JacocoCoverage
{
    public static CoverageReport Read(XmlReader reader, FindingSink sink)
    {
        var (line, column) = XmlCoverage.Place(reader);
        CoverageCount? lines = null, branches = null;
        CoverageCount fileLines = default, fileBranches = default;
        var parent = "";
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.LocalName is "sourcefile" or "class" or "package" or "method")
                parent = reader.LocalName;
            if (reader.LocalName != "counter")
                continue;
            var type = reader.GetAttribute("type");
            if (type is not ("LINE" or "BRANCH") || Counter(reader, sink) is not { } count)
                continue;
            var ofFile = parent == "sourcefile" && reader.Depth > 2;
            if (reader.Depth == 1)
                Total(reader, sink, ref (type == "LINE" ? ref lines : ref branches), count);
            else if (ofFile && type == "LINE")
                fileLines = fileLines.Plus(count.Valid, count.Covered);
            else if (ofFile)
                fileBranches = fileBranches.Plus(count.Valid, count.Covered);
        }
        if (lines is null)
        {
            sink.Error(
                line, column, "", CoverageReader.NoTotalsRule, "The report has no LINE counter of its own.",
                "Let JaCoCo write the report with line numbers in the class files.");
        }
        Compare(sink, line, column, "lines", lines, fileLines);
        Compare(sink, line, column, "branches", branches, fileBranches);
        return new CoverageReport(CoverageFormat.Jacoco, lines, branches);
    }

    private static void Total(XmlReader reader, FindingSink sink, ref CoverageCount? total, CoverageCount count)
    {
        if (total is null)
        {
            total = count;
            return;
        }
        var (line, column) = XmlCoverage.Place(reader);
        sink.Error(line, column, "", CoverageReader.SyntaxRule, "The report has a second total of this type.", "Produce the report again.");
    }

    private static void Compare(FindingSink sink, int line, int column, string what, CoverageCount? total, CoverageCount files)
    {
        if (total is not { } stated || stated == files)
            return;
        sink.Add(
            line, column, "", CoverageReader.DisagreeRule, Severity.Warning,
            $"The totals say {stated.Covered} of {stated.Valid} {what}, the source files hold {files.Covered} of {files.Valid}.",
            "Produce the report again from complete data; the totals are used as they are.", $"{what} totals");
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
