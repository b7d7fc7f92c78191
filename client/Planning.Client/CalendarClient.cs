using Planning.Client.Http;
using Planning.Contracts;

namespace Planning.Client;

/// <summary>What takes environments, by time, and feeds of it for other programs.</summary>
public sealed class CalendarClient
{
    private readonly Transport transport;

    internal CalendarClient(Transport transport) => this.transport = transport;

    /// <exception cref="PlanningApiException">Refused; <c>calendar_range_too_long</c> for more than 366 days.</exception>
    public Task<Page<CalendarItem>> ReadAsync(CalendarQuery query, long? minPosition = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return transport.GetAsync(
            Paths.Query(
                "v1/calendar", ("from", query.From.UtcDateTime.ToString("O")), ("to", query.To.UtcDateTime.ToString("O")), ("environment_id", query.EnvironmentId), ("kind", query.Kind),
                ("status", query.Status), ("group", query.Group), ("limit", query.Limit), ("cursor", query.Cursor)),
            json => json.PageCalendarItem, cancellation, minPosition);
    }

    /// <summary>The answer holds the secret address, this once. It is not tried again where it may have happened, as each time makes another
    /// feed: after a lost answer, list the feeds, revoke the one that nobody holds, and make another.</summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<CreatedFeedView> CreateFeedAsync(CreateFeedRequest feed, CancellationToken cancellation = default) =>
        transport.CommandAsync(
            transport.Command(HttpMethod.Post, "v1/calendar/feeds", feed, json => json.CreateFeedRequest, command: null) with
            {
                IdempotencyKey = null,
                Repetition = Repetition.OnlyIfNothingHappened,
            },
            json => json.CreatedFeedView,
            cancellation);

    /// <summary>The caller's own.</summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<FeedList> ListFeedsAsync(CancellationToken cancellation = default) => transport.GetAsync("v1/calendar/feeds", json => json.FeedList, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task RevokeFeedAsync(string feedId, CancellationToken cancellation = default) =>
        transport.DeleteAsync($"v1/calendar/feeds/{Paths.Escape(feedId)}", cancellation);
}

/// <summary>All that are given must hold.</summary>
/// <param name="From">What ends after it.</param>
/// <param name="To">What begins before it; at most 366 days later.</param>
/// <param name="Kind">booking, refresh, freeze or maintenance.</param>
/// <param name="Status">Of refreshes; nothing else has one.</param>
/// <param name="Group">What concerns environments that it owns or uses.</param>
public sealed record CalendarQuery(
    DateTimeOffset From, DateTimeOffset To, string? EnvironmentId = null, string? Kind = null, string? Status = null, string? Group = null, int? Limit = null, string? Cursor = null);
