using System.Runtime.CompilerServices;
using Planning.Client.Events;
using Planning.Client.Http;
using Planning.Contracts;

namespace Planning.Client;

/// <summary>What came on the stream.</summary>
/// <param name="Id">Its place; keep it with what the event did, and give it as <c>after</c> to go on behind this one.</param>
/// <param name="Event">Null for a reset.</param>
/// <param name="Reset">The caller's place no longer exists, after a failover or a restore: read anew what you follow; the stream goes on by itself.</param>
public sealed record StreamItem(string Id, EventEnvelope? Event, StreamReset? Reset);

/// <summary>Events of the workspace: pages from a position, and a live stream that survives broken connections.</summary>
public sealed class EventsClient
{
    private readonly Transport transport;

    internal EventsClient(Transport transport) => this.transport = transport;

    /// <summary>One page, the oldest event first. With a filter a page may be empty and yet lead on: see its next position.</summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<EventPage> ListAsync(long after = 0, int? limit = null, string? types = null, string? entity = null, CancellationToken cancellation = default) =>
        transport.GetAsync(Paths.Query("v1/events", ("after", after), ("limit", limit), ("types", types), ("entity", entity)), json => json.EventPage, cancellation);

    /// <summary>All events after a position, up to the present end of the log; a reset when the log's epoch changes on the way.</summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public async IAsyncEnumerable<StreamItem> ListAllAsync(
        long after = 0, string? types = null, string? entity = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        string? epoch = null;
        while (true)
        {
            var page = await ListAsync(after, limit: null, types, entity, cancellation);
            if (epoch is not null && page.Epoch != epoch)
            {
                var reset = new StreamReset(page.Epoch, page.NextPosition, "The log has another epoch since the page before. Read anew from the beginning.");
                yield return new StreamItem(new StreamPlace(page.Epoch, page.NextPosition).ToString(), null, reset);
                yield break;
            }
            epoch = page.Epoch;
            foreach (var e in page.Events)
                yield return new StreamItem(new StreamPlace(epoch, e.Position).ToString(), e, null);
            if (page.NextPosition <= after)
                yield break;
            after = page.NextPosition;
        }
    }

    /// <summary>
    /// Follows events until cancelled, each once and in order; a broken or silent connection is opened again behind the last event that came,
    /// for as long as it takes.
    /// </summary>
    /// <param name="after">An id of a <see cref="StreamItem"/>, or a position, 0 for all there are; null starts with what happens once the connection is made.</param>
    /// <param name="types">Event types with commas between them; null for all.</param>
    /// <param name="entity">Id of one entity; null for all.</param>
    /// <exception cref="PlanningApiException">Refused for good: a missing right, a wrong filter.</exception>
    /// <exception cref="PlanningConnectionException">There is no connection, and trying again will not help: a certificate is not trusted, an event is larger than
    /// <see cref="PlanningClientOptions.MaxEventBytes"/>.</exception>
    public async IAsyncEnumerable<StreamItem> FollowAsync(
        string? after = null, string? types = null, string? entity = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var path = Paths.Query("v1/events/stream", ("types", types), ("entity", entity));
        await foreach (var item in new EventFollower(transport, path, after).RunAsync(cancellation))
            yield return item;
    }
}
