using System.Globalization;
using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Coverage;

/// <summary>LCOV: the sums of LF, LH, BRF and BRH are the totals; file by file, DA and BRDA check them and stand in for them.</summary>
internal static class LcovCoverage
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "TN", "SF", "VER", "FN", "FNDA", "FNF", "FNH", "FNL", "FNA", "BRDA", "BRF", "BRH", "DA", "LF", "LH", "MCDC", "MCF", "MCH",
    };

    public static CoverageReport? Read(TextMap map, FindingSink sink)
    {
        var files = new LcovFiles();
        LcovFile? file = null;
        for (var i = 0; i < map.Starts.Count && !sink.IsFull; i++)
        {
            var text = map.Line(i).Trim().ToString();
            if (text.Length == 0 || text[0] == '#')
                continue;
            var colon = text.IndexOf(':');
            var name = colon < 0 ? text : text[..colon];
            if (text == "end_of_record")
                file = null;
            else if (colon < 0 || !Known.Contains(name))
                Unknown(sink, i + 1, text);
            else if (name == "SF")
                file = files.Begin(text[(colon + 1)..], i + 1);
            else if (name is "DA" or "BRDA" or "LF" or "LH" or "BRF" or "BRH")
                Take(file, name, text[(colon + 1)..], i + 1, sink);
        }
        if (files.All.Count == 0)
        {
            sink.Error(1, 1, "", CoverageReader.FormatRule, "The file is neither XML nor has it an SF record.", "Attach a coverage report in Cobertura, LCOV or JaCoCo form.");
            return null;
        }
        return new CoverageReport(CoverageFormat.Lcov, files.Lines(sink), files.Branches(sink));
    }

    private static void Take(LcovFile? file, string name, string value, int line, FindingSink sink)
    {
        if (file is null)
            sink.Error(line, 1, "", CoverageReader.SyntaxRule, $"'{name}' stands outside of the records of a file, which begin with SF.", "Produce the report again.");
        else if (name == "DA")
            Hits(sink, line, value, 1, file.Lines);
        else if (name == "BRDA")
            Hits(sink, line, value, 3, file.Branches);
        else if (Whole(sink, line, value, int.MaxValue) is { } total && !(name[0] == 'L' ? file.Lines : file.Branches).State(name, total, line))
            sink.Error(line, 1, "", CoverageReader.SyntaxRule, $"'{name}' stands twice in the records of one file.", "Produce the report again.");
    }

    private static void Unknown(FindingSink sink, int line, string text) =>
        sink.Add(
            line, 1, "", CoverageReader.UnknownRecordRule, Severity.Warning,
            $"'{(text.Length > 40 ? text[..40] + "…" : text)}' is no LCOV record.", "Remove the line, or produce the report again.");

    /// <param name="field">The field with the count; those before it say which line or branch it is.</param>
    private static void Hits(FindingSink sink, int line, string value, int field, LcovTally tally)
    {
        var fields = value.Split(',');
        var count = fields.Length > field ? fields[field] : "";
        // A branch of a block that never ran has a dash for its count.
        var hits = field > 1 && count == "-" ? 0 : Whole(sink, line, count, long.MaxValue);
        if (hits is not null && Whole(sink, line, fields[0], int.MaxValue) is not null)
            tally.Count(string.Join(',', fields, 0, field), hits > 0);
    }

    private static long? Whole(FindingSink sink, int line, string text, long max)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= max)
            return value;
        sink.Error(line, 1, "", CoverageReader.NumberRule, $"'{text}' is no count.", "Produce the report again.");
        return null;
    }
}
