namespace Planning.Domain.Environments;

/// <summary>When an environment is next free for as long as somebody needs it.</summary>
public static class FreeWindow
{
    /// <summary>How far ahead is looked.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(366);

    /// <summary>The first window of the wanted one's length, not before its start, that no entry excludes; null when there is none within the horizon.</summary>
    public static TimeWindow? Next(EnvironmentTree tree, EnvironmentId environment, BookingMode mode, TimeWindow wanted, string? except = null)
    {
        var last = wanted.From + Horizon;
        var from = wanted.From;
        foreach (var taken in Conflicts.Excluding(tree, environment, mode, new TimeWindow(wanted.From, last + wanted.Length), except).OrderBy(e => e.Window.From))
        {
            if (taken.Window.From >= from + wanted.Length)
                break;
            if (taken.Window.To > from)
                from = taken.Window.To;
        }
        return from > last ? null : new TimeWindow(from, from + wanted.Length);
    }
}
