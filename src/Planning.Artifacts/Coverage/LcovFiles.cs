namespace Planning.Artifacts.Coverage;

/// <summary>The files of an LCOV report, and what they sum up to.</summary>
internal sealed class LcovFiles
{
    private readonly Dictionary<string, LcovFile> _byName = new(StringComparer.Ordinal);
    private readonly List<LcovFile> _all = [];

    /// <summary>In the order of the report.</summary>
    public IReadOnlyList<LcovFile> All => _all;

    /// <summary>A report of several tests may have a file once for each of them.</summary>
    public LcovFile Begin(string name, int line)
    {
        if (_byName.TryGetValue(name, out var known))
        {
            known.Again ??= line;
            known.Lines.Begin();
            known.Branches.Begin();
            return known;
        }
        var file = new LcovFile(name, line);
        _all.Add(file);
        return _byName[name] = file;
    }

    public CoverageCount Lines(FindingSink sink) => Sum(sink, "lines", "LF and LH", file => file.Lines) ?? default;

    /// <summary>Null when the report says nothing of branches.</summary>
    public CoverageCount? Branches(FindingSink sink) => Sum(sink, "branches", "BRF and BRH", file => file.Branches);

    private CoverageCount? Sum(FindingSink sink, string what, string totals, Func<LcovFile, LcovTally> tallyOf)
    {
        CoverageCount? sum = null;
        List<LcovFile> untold = [], differing = [];
        foreach (var file in _all)
        {
            var tally = tallyOf(file);
            var counted = tally.Counted;
            if (file.Again is { } again && (tally.IsBare || counted.Valid > 0))
                Repeated(sink, file, again, what, tally.IsBare);
            if (tally.Stated is { } stated && file.Again is null)
            {
                CoverageReader.Count(sink, tally.Line, 1, what, stated);
                if (stated != counted && stated != tally.Recorded && counted.Valid > 0)
                    differing.Add(file);
                sum = (sum ?? default).Plus(stated.Valid, stated.Covered);
            }
            else if (counted.Valid > 0)
            {
                if (file.Again is null)
                    untold.Add(file);
                sum = (sum ?? default).Plus(counted.Valid, counted.Covered);
            }
        }
        Untold(sink, untold, what, totals);
        Differing(sink, differing, what, tallyOf);
        return sum;
    }

    /// <summary>The totals of two tests cannot be added up: they do not say which lines both of them hit.</summary>
    private static void Repeated(FindingSink sink, LcovFile file, int line, string what, bool bare) => sink.Add(
        line, 1, "", CoverageReader.DuplicateFileRule, bare ? Severity.Error : Severity.Warning,
        bare
            ? $"'{file.Name}' is listed already in line {file.Line}, and states its {what} only as totals, which cannot be added up."
            : $"'{file.Name}' is listed already in line {file.Line}; its {what} are counted once, hit by either.",
        "Merge the tests into one tracefile.", $"{what} of {file.Name}");

    private void Untold(FindingSink sink, List<LcovFile> files, string what, string totals)
    {
        if (files.Count == 0)
            return;
        sink.Add(
            files[0].Line, 1, "", CoverageReader.NoTotalsRule, Severity.Warning,
            $"{files.Count} of {_all.Count} files have no {totals}; their {what} are counted instead.", $"Let the tool write {totals}.", $"no {totals}");
    }

    private static void Differing(FindingSink sink, List<LcovFile> files, string what, Func<LcovFile, LcovTally> tallyOf)
    {
        if (files.Count == 0)
            return;
        var first = tallyOf(files[0]);
        var (stated, counted) = (first.Stated!.Value, first.Counted);
        sink.Add(
            first.Line, 1, "", CoverageReader.DisagreeRule, Severity.Warning,
            $"The totals of '{files[0].Name}' say {stated.Covered} of {stated.Valid} {what}, its records {counted.Covered} of {counted.Valid}{(files.Count == 1 ? "" : $"; {files.Count} files are like this")}.",
            "Produce the report again from complete data; the totals are used as they are.", $"{what} totals");
    }
}
