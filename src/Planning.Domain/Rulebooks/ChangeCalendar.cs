using System.Collections.Immutable;

namespace Planning.Domain.Rulebooks;

/// <summary>Named change freezes in a zone of the IANA database.</summary>
public sealed record ChangeCalendar(string Name, string ZoneId, ImmutableArray<ChangeFreeze> Freezes);

/// <summary>A span of local days, both included, in which nothing begins execution.</summary>
public sealed record ChangeFreeze(string Name, DateOnly From, DateOnly To);
