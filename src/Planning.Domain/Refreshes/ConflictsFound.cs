using System.Collections.Immutable;

namespace Planning.Domain.Refreshes;

/// <summary>What a refresh would meet.</summary>
/// <param name="Count">Of all.</param>
/// <param name="InTheWay">Of those that keep the refresh from its slot.</param>
/// <param name="Worst">Those in the way first, by severity.</param>
public sealed record ConflictsFound(int Count, int InTheWay, ImmutableArray<RefreshConflict> Worst)
{
    /// <summary>How many are recorded and told where nobody asked for more.</summary>
    public const int MaxShown = 20;
}
