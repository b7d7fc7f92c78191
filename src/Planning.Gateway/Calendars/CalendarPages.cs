using Planning.Engine.Calendars;
using Planning.Engine.Reads;

namespace Planning.Gateway.Calendars;

/// <summary>Pages of calendars: from the cache where that still holds, else read anew and kept.</summary>
internal static class CalendarPages
{
    /// <exception cref="Engine.Log.LogUnavailableException">The database cannot be reached.</exception>
    public static async ValueTask<CalendarPage> ReadAsync(GatewayParts parts, Viewer viewer, CalendarFilter filter, CalendarPlace? after, int limit, CancellationToken cancellation)
    {
        var rules = await parts.Rulebooks.ActiveAsync(viewer.Workspace, cancellation);
        var key = CalendarKey.Of(viewer, filter, limit, after, rules.Hash);
        if (parts.Calendars.Find(key) is { } kept && kept.Mark == await parts.Reads.CalendarMarkAsync(viewer.Workspace, cancellation))
            return kept;
        var page = await CalendarReader.ReadAsync(parts.Reads, rules, viewer, filter, after, limit, cancellation);
        parts.Calendars.Keep(key, page);
        return page;
    }
}
