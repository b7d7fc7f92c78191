using Microsoft.AspNetCore.Http;
using Planning.Domain.Environments;
using Planning.Engine.Calendars;
using Planning.Engine.Reads;
using Planning.Gateway.Identity;

namespace Planning.Gateway.Calendars;

/// <summary>What is behind a feed's address now.</summary>
internal sealed class FeedReader(Callers callers, LocalCallers local)
{
    /// <summary>How far a feed reaches back, and from then on.</summary>
    private const int DaysBack = 31, DaysInAll = 366;

    /// <summary>Entries in one feed, at most: of more, the earliest.</summary>
    private const int MaxEntries = 5_000;

    private const int PageSize = 1_000;

    /// <summary>Null where there is no such feed, or no longer.</summary>
    public async ValueTask<byte[]?> ReadAsync(GatewayParts parts, HttpContext http, byte[] secretHash)
    {
        var cancellation = http.RequestAborted;
        if (await parts.Directory.FindFeedAsync(secretHash, cancellation) is not { RevokedAt: null } feed || !await HoldsAsync(parts, http, feed, cancellation))
            return null;
        // Days, so that a feed has the same bytes all day if nothing changes.
        var today = new DateTimeOffset(parts.Time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        var range = new TimeWindow(today.AddDays(-DaysBack), today.AddDays(DaysInAll - DaysBack));
        var viewer = new Viewer(feed.Workspace, feed.Person, feed.Groups, SeesAll: false);
        var filter = new CalendarFilter(range, feed.EnvironmentId);
        var maintenance = await parts.Reads.ListMaintenanceAsync(viewer, filter, cancellation);
        return FeedWriter.Write(feed, range, await EntriesAsync(parts, viewer, filter, cancellation), maintenance);
    }

    /// <summary>A feed works as long as its person has a key that does; while there are no keys at all, on this machine alone.</summary>
    private async ValueTask<bool> HoldsAsync(GatewayParts parts, HttpContext http, CalendarFeed feed, CancellationToken cancellation) =>
        await callers.HasKeysAsync(cancellation)
            ? await parts.Directory.HoldsApiKeyAsync(feed.Workspace, feed.Person, parts.Time.GetUtcNow(), cancellation)
            : local.Identify(http).Caller is not null;

    private static async ValueTask<IReadOnlyCollection<CalendarEntry>> EntriesAsync(GatewayParts parts, Viewer viewer, CalendarFilter filter, CancellationToken cancellation)
    {
        var entries = new List<CalendarEntry>();
        var rules = await parts.Rulebooks.ActiveAsync(viewer.Workspace, cancellation);
        foreach (var kind in new CalendarKind?[] { CalendarKind.Booking, CalendarKind.Refresh, CalendarKind.Freeze })
        {
            CalendarPlace? after = null;
            var before = entries.Count;
            do
            {
                var page = await CalendarReader.ReadAsync(parts.Reads, rules, viewer, filter with { Kind = kind }, after, PageSize, cancellation);
                entries.AddRange(page.Entries);
                after = page.Next;
            }
            while (after is not null && entries.Count - before < MaxEntries);
        }
        return [.. entries.OrderBy(e => e.Place).Take(MaxEntries)];
    }
}
