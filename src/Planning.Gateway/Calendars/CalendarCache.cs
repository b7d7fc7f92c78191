using Planning.Domain;
using Planning.Engine.Calendars;
using Planning.Engine.Reads;

namespace Planning.Gateway.Calendars;

/// <summary>What a page of a calendar depends on, beside what is stored: who looks, at what, from where on, under which rules.</summary>
internal sealed record CalendarKey(string Viewer, CalendarFilter Filter, int Limit, CalendarPlace? After, ContentHash Rulebook)
{
    public static CalendarKey Of(Viewer viewer, CalendarFilter filter, int limit, CalendarPlace? after, ContentHash rulebook)
    {
        // Lengths keep two viewers apart whose groups only look alike when strung together.
        var groups = string.Concat(viewer.Groups.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(g => $"{g.Length}:{g};"));
        return new($"{viewer.Workspace.Value.Length}:{viewer.Workspace};{viewer.Person.Value.Length}:{viewer.Person};{viewer.SeesAll};{groups}", filter, limit, after, rulebook);
    }
}

/// <summary>
/// Pages of calendars, for a while and up to a bound. A page is given only while the workspace's mark is the one under which it
/// was read; so each look costs one small question to the database, and no process ever shows what another one has changed.
/// </summary>
internal sealed class CalendarCache(GatewayOptions options, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<CalendarKey, LinkedListNode<Kept>> pages = [];
    private readonly LinkedList<Kept> byUse = [];

    /// <summary>Null where nothing is kept that is young enough; the caller need not ask for the mark then.</summary>
    public CalendarPage? Find(CalendarKey key)
    {
        lock (gate)
        {
            if (!pages.TryGetValue(key, out var node))
                return null;
            byUse.Remove(node);
            if (time.GetElapsedTime(node.Value.At) >= options.CalendarCacheTime)
            {
                pages.Remove(key);
                return null;
            }
            byUse.AddFirst(node);
            return node.Value.Page;
        }
    }

    public void Keep(CalendarKey key, CalendarPage page)
    {
        if (options.CalendarCacheTime == TimeSpan.Zero)
            return;
        lock (gate)
        {
            if (pages.TryGetValue(key, out var old))
                byUse.Remove(old);
            pages[key] = byUse.AddFirst(new Kept(key, page, time.GetTimestamp()));
            if (pages.Count > options.MaxCalendarPages)
            {
                pages.Remove(byUse.Last!.Value.Key);
                byUse.RemoveLast();
            }
        }
    }

    private sealed record Kept(CalendarKey Key, CalendarPage Page, long At);
}
