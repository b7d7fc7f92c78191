namespace Planning.History;

/// <summary>What the log owes by itself.</summary>
internal static class LogChecks
{
    public static IEnumerable<Violation> Positions(IReadOnlyList<LoggedEvent> log) =>
        Gapless(log, e => $"partition {e.Partition}", e => e.Position, "position", Promise.PositionsWithoutHoles);

    public static IEnumerable<Violation> Versions(IReadOnlyList<LoggedEvent> log) =>
        Gapless(log, e => e.Entity, e => e.Version, "version", Promise.VersionsWithoutHoles);

    public static IEnumerable<Violation> EventIds(IReadOnlyList<LoggedEvent> log)
    {
        var seen = new Dictionary<string, LoggedEvent>(log.Count);
        foreach (var e in log)
        {
            if (!seen.TryAdd(e.EventId, e))
                yield return new Violation(Promise.EventOnce, $"{e.EventId} is at position {seen[e.EventId].Position} and again at {e.Position}");
        }
    }

    /// <summary>Within each series the numbers are 1, 2, 3 … in the order of reading.</summary>
    private static IEnumerable<Violation> Gapless(
        IReadOnlyList<LoggedEvent> log, Func<LoggedEvent, string> series, Func<LoggedEvent, long> number, string noun, Promise promise)
    {
        var last = new Dictionary<string, long>();
        foreach (var e in log)
        {
            var (name, found) = (series(e), number(e));
            var before = last.GetValueOrDefault(name);
            if (found != before + 1)
                yield return new Violation(promise, $"{name}: {noun} {found} follows {before} ({e.EventId}, {e.Type})");
            last[name] = Math.Max(found, before);
        }
    }
}
