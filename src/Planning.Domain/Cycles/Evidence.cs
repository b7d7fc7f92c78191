using System.Collections.Immutable;

namespace Planning.Domain.Cycles;

/// <summary>Puts sources together: each event once, in the order of the log.</summary>
public static class Evidence
{
    public static ImmutableArray<EventRef> Of(params IEnumerable<IEnumerable<EventRef>> sources) =>
        [.. sources.SelectMany(s => s).Distinct().OrderBy(e => e.Position)];

    public static ImmutableArray<string> Ids(this IEnumerable<EventRef> sources) =>
        [.. sources.Distinct().OrderBy(e => e.Position).Select(e => e.EventId)];
}
