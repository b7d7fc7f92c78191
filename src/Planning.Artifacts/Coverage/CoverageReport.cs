namespace Planning.Artifacts.Coverage;

/// <summary>The form of a coverage report.</summary>
public enum CoverageFormat
{
    /// <summary>XML with root <c>coverage</c>.</summary>
    Cobertura,

    /// <summary>Records such as <c>SF:</c> and <c>DA:</c>, one per line.</summary>
    Lcov,

    /// <summary>XML with root <c>report</c> and counters.</summary>
    Jacoco,
}

/// <summary>Totals of a coverage report. Null means that the report does not say, never zero.</summary>
/// <param name="Format">The form it was read from.</param>
/// <param name="Lines">Lines; null when the report gives no counts.</param>
/// <param name="Branches">Branches; null when the report gives no counts.</param>
/// <param name="DeclaredLineRate">Rate that the report states without counts, 0 to 1.</param>
/// <param name="DeclaredBranchRate">Rate that the report states without counts, 0 to 1.</param>
public sealed record CoverageReport(
    CoverageFormat Format,
    CoverageCount? Lines,
    CoverageCount? Branches,
    double? DeclaredLineRate = null,
    double? DeclaredBranchRate = null)
{
    /// <summary>Covered lines by all lines, 0 to 1; the declared rate where there are no counts; null where nothing was measured.</summary>
    public double? LineRate => Lines is { } lines ? lines.Rate : DeclaredLineRate;

    /// <summary>Covered branches by all branches, 0 to 1; the declared rate where there are no counts; null where nothing was measured.</summary>
    public double? BranchRate => Branches is { } branches ? branches.Rate : DeclaredBranchRate;
}

/// <summary>How many there are, and how many of them ran.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct CoverageCount(long Valid, long Covered)
{
    /// <summary>0 to 1; null when there is nothing to cover.</summary>
    public double? Rate => Valid > 0 ? (double)Covered / Valid : null;

    /// <summary>Sums two counts.</summary>
    public CoverageCount Plus(long valid, long covered) => new(Valid + valid, Covered + covered);
}
