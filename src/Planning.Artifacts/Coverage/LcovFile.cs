namespace Planning.Artifacts.Coverage;

/// <summary>What LCOV records say of one file.</summary>
/// <param name="line">Of its first SF.</param>
internal sealed class LcovFile(string name, int line)
{
    public string Name => name;

    public int Line => line;

    /// <summary>Line of the SF that names the file again; null when there is none.</summary>
    public int? Again { get; set; }

    public LcovTally Lines { get; } = new();

    public LcovTally Branches { get; } = new();
}

/// <summary>Lines or branches of one file: as its totals state them, and as its records count them.</summary>
internal sealed class LcovTally
{
    private readonly Dictionary<string, bool> _hits = new(StringComparer.Ordinal);
    private long? _valid;
    private long? _covered;
    private bool _stated;
    private bool _counted;
    private bool _bare;

    /// <summary>Null unless both totals are there.</summary>
    public CoverageCount? Stated => _valid is { } valid && _covered is { } covered ? new CoverageCount(valid, covered) : null;

    public CoverageCount Counted => new(_hits.Count, _hits.Values.Count(hit => hit));

    /// <summary>Record by record: some tools count a line that two methods share once for each.</summary>
    public CoverageCount Recorded { get; private set; }

    /// <summary>Whether the records of some test state totals and count nothing.</summary>
    public bool IsBare => _bare || (_stated && !_counted);

    /// <summary>Line of the last total.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>The records of another test begin.</summary>
    public void Begin() => (_bare, _stated, _counted, _valid, _covered) = (IsBare, false, false, null, null);

    /// <summary>What is counted twice, by two tests, is there once and was hit if either hit it.</summary>
    public void Count(string what, bool hit)
    {
        _counted = true;
        Recorded = Recorded.Plus(1, hit ? 1 : 0);
        _hits[what] = hit || _hits.GetValueOrDefault(what);
    }

    /// <param name="name">LF, LH, BRF or BRH.</param>
    /// <returns>False when the test has stated it already.</returns>
    public bool State(string name, long value, int line)
    {
        ref var total = ref (name.EndsWith('F') ? ref _valid : ref _covered);
        if (total is not null)
            return false;
        Line = line;
        _stated |= value > 0;
        total = value;
        return true;
    }
}
