namespace Planning.Artifacts;

/// <summary>What a typed reader made of an artifact.</summary>
/// <param name="Value">The value as far as it could be read; null when the document has not even its outer form.</param>
/// <param name="Findings">Everything that was wrong, in the order of the file.</param>
public sealed record ReadResult<T>(T? Value, IReadOnlyList<Finding> Findings)
    where T : class
{
    /// <summary>True when a value was read and no finding is an error.</summary>
    public bool Ok => Value is not null && Findings.All(finding => finding.Severity != Severity.Error);
}
