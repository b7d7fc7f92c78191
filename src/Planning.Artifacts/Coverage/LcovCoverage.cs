using System.Globalization;
using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Coverage;

/// <summary>LCOV: the sums of LF, LH, BRF and BRH are the totals, DA and BRDA check them and stand in for them.</summary>
internal static class LcovCoverage
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "TN", "SF", "VER", "FN", "FNDA", "FNF", "FNH", "FNL", "FNA", "BRDA", "BRF", "BRH", "DA", "LF", "LH", "MCDC", "MCF", "MCH",
    };

    public static CoverageReport? Read(TextMap map, FindingSink sink)
    {
        var lines = new Tally("lines", "LF", "LH");
        var branches = new Tally("branches", "BRF", "BRH");
        var files = 0;
        for (var i = 0; i < map.Starts.Count && !sink.IsFull; i++)
        {
            var text = map.Line(i).Trim().ToString();
            if (text.Length == 0 || text == "end_of_record" || text[0] == '#')
                continue;
            var colon = text.IndexOf(':');
            var name = colon < 0 ? text : text[..colon];
            if (colon < 0 || !Known.Contains(name))
            {
                Unknown(sink, i + 1, text);
                continue;
            }
            var value = text[(colon + 1)..];
            if (name == "SF")
                files++;
            else if (name == "DA")
                lines.Add(Hits(sink, i + 1, value, 1));
            else if (name == "BRDA")
                branches.Add(Hits(sink, i + 1, value, 3));
            else if (name is "LF" or "LH")
                lines.Total(name, Whole(sink, i + 1, value), i + 1);
            else if (name is "BRF" or "BRH")
                branches.Total(name, Whole(sink, i + 1, value), i + 1);
        }
        if (files == 0)
        {
            sink.Error(1, 1, "", CoverageReader.FormatRule, "The file is neither XML nor has it an SF record.", "Attach a coverage report in Cobertura, LCOV or JaCoCo form.");
            return null;
        }
        return new CoverageReport(CoverageFormat.Lcov, lines.Result(sink, required: true), branches.Result(sink, required: false));
    }

    private static void Unknown(FindingSink sink, int line, string text) =>
        sink.Add(
            line, 1, "", CoverageReader.UnknownRecordRule, Severity.Warning,
            $"'{(text.Length > 40 ? text[..40] + "…" : text)}' is no LCOV record.", "Remove the line, or produce the report again.");

    private static bool? Hits(FindingSink sink, int line, string value, int field)
    {
        var fields = value.Split(',');
        // A branch of a block that never ran has a dash for its count.
        if (fields.Length > field && fields[field] == "-")
            return false;
        return Whole(sink, line, fields.Length > field ? fields[field] : "") is { } hits ? hits > 0 : null;
    }

    private static long? Whole(FindingSink sink, int line, string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return value;
        sink.Error(line, 1, "", CoverageReader.NumberRule, $"'{text}' is no count.", "Produce the report again.");
        return null;
    }

    /// <summary>What one kind of record sums up to, stated and counted.</summary>
    private sealed class Tally(string what, string validName, string coveredName)
    {
        private CoverageCount _counted;
        private long? _valid;
        private long? _covered;
        private int _line = 1;

        public void Add(bool? hit)
        {
            if (hit is { } known)
                _counted = _counted.Plus(1, known ? 1 : 0);
        }

        public void Total(string name, long? value, int line)
        {
            _line = line;
            if (name == validName)
                _valid = (_valid ?? 0) + (value ?? 0);
            else
                _covered = (_covered ?? 0) + (value ?? 0);
        }

        public CoverageCount? Result(FindingSink sink, bool required)
        {
            if (_valid is null || _covered is null)
            {
                if (_counted.Valid == 0 && !required)
                    return null;
                sink.Add(
                    1, 1, "", CoverageReader.NoTotalsRule, Severity.Warning, $"The report has no {validName} and {coveredName}; its {what} are counted instead.",
                    $"Let the tool write {validName} and {coveredName}.");
                return _counted;
            }
            var stated = new CoverageCount(_valid.Value, _covered.Value);
            CoverageReader.Count(sink, _line, 1, what, stated);
            if (stated != _counted && _counted.Valid > 0)
            {
                sink.Add(
                    _line, 1, "", CoverageReader.DisagreeRule, Severity.Warning,
                    $"The totals say {stated.Covered} of {stated.Valid} {what}, the records {_counted.Covered} of {_counted.Valid}.",
                    "Produce the report again from complete data; the totals are used as they are.", $"{what} totals");
            }
            return stated;
        }
    }
}
