using Planning.Client.Http;
using Planning.Contracts;

namespace Planning.Client;

/// <summary>Bookings of shared environments.</summary>
public sealed class BookingsClient
{
    private readonly Transport transport;

    internal BookingsClient(Transport transport) => this.transport = transport;

    /// <exception cref="PlanningApiException">Refused; <c>environment_taken</c> lists what stands in the way and the next free window.</exception>
    public Task<BookingView> BookAsync(BookRequest booking, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(HttpMethod.Post, "v1/bookings", booking, json => json.BookRequest, json => json.BookingView, command, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<BookingView> GetAsync(string bookingId, long? minPosition = null, CancellationToken cancellation = default) =>
        transport.GetAsync(Path(bookingId), json => json.BookingView, cancellation, minPosition);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<Page<BookingView>> ListAsync(BookingQuery? query = null, long? minPosition = null, CancellationToken cancellation = default)
    {
        query ??= new BookingQuery();
        return transport.GetAsync(
            Paths.Query(
                "v1/bookings", ("environment_id", query.EnvironmentId), ("by", query.By), ("plan_id", query.PlanId), ("from", query.From), ("to", query.To),
                ("cancelled", query.Cancelled), ("limit", query.Limit), ("cursor", query.Cursor)),
            json => json.PageBookingView, cancellation, minPosition);
    }

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<BookingView> MoveAsync(string bookingId, DateTimeOffset from, DateTimeOffset to, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(
            HttpMethod.Post, Path(bookingId, "/move"), new MoveBookingRequest(from, to), json => json.MoveBookingRequest, json => json.BookingView, command, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<BookingView> CancelAsync(string bookingId, string? reason = null, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(
            HttpMethod.Post, Path(bookingId, "/cancel"), new CancelBookingRequest(reason), json => json.CancelBookingRequest, json => json.BookingView, command, cancellation);

    private static string Path(string id, string rest = "") => $"v1/bookings/{Paths.Escape(id)}{rest}";
}

/// <summary>All that are given must hold.</summary>
/// <param name="From">Bookings that end after it.</param>
/// <param name="To">Bookings that begin before it.</param>
public sealed record BookingQuery(
    string? EnvironmentId = null, string? By = null, string? PlanId = null, DateTimeOffset? From = null, DateTimeOffset? To = null, bool? Cancelled = null,
    int? Limit = null, string? Cursor = null);
