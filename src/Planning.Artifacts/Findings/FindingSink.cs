namespace Planning.Artifacts;

/// <summary>Collects the findings of one pass over one file, up to a limit.</summary>
internal sealed class FindingSink(string file, int maxFindings)
{
    private readonly List<Finding> _findings = [];
    private bool _full;

    /// <summary>What was collected so far.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>True once the limit is reached; further findings are dropped.</summary>
    public bool IsFull => _full;

    public void Add(
        int line, int column, string pointer, string rule, Severity severity, string message, string advice, string? key = null)
    {
        if (_full)
            return;
        if (_findings.Count == maxFindings)
        {
            _full = true;
            _findings.Add(new Finding(
                file, line, column, pointer, Rules.MaxFindings, Severity.Warning,
                $"More than max_findings = {maxFindings} findings; the rest is not listed.",
                "Mend the findings above and check again."));
            return;
        }
        _findings.Add(new Finding(file, line, column, pointer, rule, severity, message, advice) { MessageKey = key });
    }

    public void Error(int line, int column, string pointer, string rule, string message, string advice, string? key = null) =>
        Add(line, column, pointer, rule, Severity.Error, message, advice, key);
}
