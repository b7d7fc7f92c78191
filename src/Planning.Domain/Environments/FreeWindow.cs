namespace Planning.Domain.Environments;

/// <summary>When an environment is next free for as long as somebody needs it.</summary>
public static class FreeWindow
{
    /// <summary>How far ahead is looked.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(366);

    /// <summary>The first window of the wanted one's length, not before its start, that no entry excludes; null when there is none within the horizon.</summary>
    /// <param name="closed">Windows in which it is not to be used, whoever has booked it.</param>
    public static TimeWindow? Next(EnvironmentTree tree, EnvironmentId environment, BookingMode mode, TimeWindow wanted, string? except = null, params IReadOnlyList<TimeWindow> closed)
    {
        var last = wanted.From + Horizon;
        var from = wanted.From;
        // The schedule is by start already, and the first gap ends the search.
        var taken = Conflicts.Excluding(tree, environment, mode, new TimeWindow(wanted.From, last + wanted.Length), except).Select(e => e.Window);
        foreach (var window in ByStart(taken, closed.OrderBy(w => w.From)))
        {
            if (window.From >= from + wanted.Length)
                break;
            if (window.To > from)
                from = window.To;
        }
        return from > last ? null : new TimeWindow(from, from + wanted.Length);
    }

    /// <summary>Two sequences by start as one.</summary>
    private static IEnumerable<TimeWindow> ByStart(IEnumerable<TimeWindow> one, IEnumerable<TimeWindow> other)
    {
        using var others = other.GetEnumerator();
        var more = others.MoveNext();
        foreach (var window in one)
        {
            for (; more && others.Current.From < window.From; more = others.MoveNext())
                yield return others.Current;
            yield return window;
        }
        for (; more; more = others.MoveNext())
            yield return others.Current;
    }
}
