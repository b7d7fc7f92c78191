namespace Planning.Domain.Environments;

/// <summary>What a use of an environment in a window would meet in its tree.</summary>
public static class Conflicts
{
    /// <summary>Entries that exclude a use: of the environment, of what is above or below it, at the same time, where one of the two wants it alone.</summary>
    /// <param name="except">An entry that makes room for itself.</param>
    public static IEnumerable<ScheduleEntry> Excluding(EnvironmentTree tree, EnvironmentId environment, BookingMode mode, TimeWindow window, string? except = null)
    {
        var related = tree.Related(environment);
        return tree.Entries.Where(e => e.Excludes(mode, window) && related.Contains(e.EnvironmentId) && e.Id != except);
    }

    /// <summary>An entry in a sentence.</summary>
    public static string Told(ScheduleEntry entry, EnvironmentTree tree) =>
        $"{entry.Kind} {entry.Id} takes {Name(tree, entry.EnvironmentId)}{(entry.Mode == BookingMode.Exclusive ? " for itself" : "")} from {entry.Window}{For(entry)}.";

    private static string Name(EnvironmentTree tree, EnvironmentId id) => tree.Find(id)?.Name is { } name ? $"{name} ({id})" : id.Value;

    private static string For(ScheduleEntry entry) =>
        entry.PlanId is { } plan ? $", for plan {plan}" : entry.Release is { } release ? $", for release {release}" : $", by {entry.By}";
}
