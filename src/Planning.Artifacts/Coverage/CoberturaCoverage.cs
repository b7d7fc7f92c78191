using System.Xml;

namespace Planning.Artifacts.Coverage;

/// <summary>Cobertura: the root's attributes are the totals, the lines of the classes check them.</summary>
internal static class CoberturaCoverage
{
    public static CoverageReport Read(XmlReader reader, FindingSink sink)
    {
        var (line, column) = XmlCoverage.Place(reader);
        var lines = Total(reader, "lines", sink);
        var branches = Total(reader, "branches", sink);
        var report = new CoverageReport(
            CoverageFormat.Cobertura, lines, branches,
            XmlCoverage.Rate(reader, "line-rate", sink),
            XmlCoverage.Rate(reader, "branch-rate", sink));
        CoverageReader.Count(sink, line, column, "lines", lines);
        CoverageReader.Count(sink, line, column, "branches", branches);
        CoverageReader.Rate(sink, line, column, "lines", lines, report.DeclaredLineRate);
        CoverageReader.Rate(sink, line, column, "branches", branches, report.DeclaredBranchRate);

        var (all, distinct) = ClassLines(reader);
        if (lines is null)
        {
            sink.Add(
                line, column, "", CoverageReader.NoTotalsRule, Severity.Warning,
                $"The report states a rate but no totals; its {all.Valid} lines, {all.Covered} of them hit, are not used in its place.",
                "Let the tool write lines-valid and lines-covered.", "no totals");
        }
        else if (lines != all && lines != distinct)
        {
            sink.Add(
                line, column, "", CoverageReader.DisagreeRule, Severity.Warning,
                $"The totals say {lines.Value.Covered} of {lines.Value.Valid} lines, the classes hold {all.Covered} of {all.Valid}.",
                "Produce the report again from complete data; the totals are used as they are.", "line totals");
        }
        return report;
    }

    private static CoverageCount? Total(XmlReader reader, string what, FindingSink sink)
    {
        var valid = XmlCoverage.Count(reader, what + "-valid", sink);
        var covered = XmlCoverage.Count(reader, what + "-covered", sink);
        return valid is null || covered is null ? null : new CoverageCount(valid.Value, covered.Value);
    }

    /// <summary>Lines of classes, not those that methods repeat; and the same with each line of a file counted once.</summary>
    private static (CoverageCount All, CoverageCount Distinct) ClassLines(XmlReader reader)
    {
        var all = default(CoverageCount);
        var byLine = new Dictionary<(string File, string Number), bool>();
        var file = "";
        var methods = 0;
        while (reader.Read())
        {
            if (reader.LocalName == "methods" && !reader.IsEmptyElement)
                methods += reader.NodeType switch { XmlNodeType.Element => 1, XmlNodeType.EndElement => -1, _ => 0 };
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.LocalName == "class")
                file = reader.GetAttribute("filename") ?? "";
            if (reader.LocalName != "line" || methods > 0)
                continue;
            var hit = (reader.GetAttribute("hits") ?? "0").AsSpan().ContainsAnyExcept('0', ' ');
            all = all.Plus(1, hit ? 1 : 0);
            var key = (file, reader.GetAttribute("number") ?? "");
            byLine[key] = hit || byLine.GetValueOrDefault(key);
        }
        return (all, new CoverageCount(byLine.Count, byLine.Values.Count(hit => hit)));
    }
}
