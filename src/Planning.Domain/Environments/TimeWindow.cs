using System.Globalization;

namespace Planning.Domain.Environments;

/// <summary>A span of time from its start to just before its end; two that only touch do not overlap.</summary>
public sealed record TimeWindow(DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;

    public bool Overlaps(TimeWindow other) => From < other.To && other.From < To;

    /// <summary>As sentences show it: <c>2027-01-15 08:00Z to 2027-01-15 12:00Z</c>.</summary>
    public override string ToString() => $"{Text(From)} to {Text(To)}";

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
