using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Planning.Client.Http;
using Planning.Contracts;

namespace Planning.Client;

/// <summary>What came on the stream.</summary>
/// <param name="Id">Give it as <c>after</c> to go on behind this one.</param>
/// <param name="Event">Null for a reset.</param>
/// <param name="Reset">The caller's place no longer exists: read anew what you follow; the stream goes on by itself.</param>
public sealed record StreamItem(string Id, EventEnvelope? Event, StreamReset? Reset);

/// <summary>Events of the workspace: pages from a position, and a live stream that survives broken connections.</summary>
public sealed class EventsClient
{
    private readonly Transport transport;

    internal EventsClient(Transport transport) => this.transport = transport;

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<EventPage> ListAsync(long after = 0, int? limit = null, string? types = null, string? entity = null, CancellationToken cancellation = default) =>
        transport.GetAsync(Paths.Query("/v1/events", ("after", after), ("limit", limit), ("types", types), ("entity", entity)), json => json.EventPage, cancellation);

    /// <summary>Follows events until cancelled; a broken connection is opened again behind the last event that came.</summary>
    /// <param name="after">An id of a <see cref="StreamItem"/>, or a position; null starts now.</param>
    /// <param name="types">Event types with commas between them; null for all.</param>
    /// <param name="entity">Id of one entity; null for all.</param>
    /// <exception cref="PlanningApiException">Refused for good: a missing right, a wrong filter.</exception>
    public async IAsyncEnumerable<StreamItem> FollowAsync(
        string? after = null, string? types = null, string? entity = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var place = new Place(after);
        while (true)
        {
            await using (var items = ConnectAsync(place, types, entity, cancellation).GetAsyncEnumerator(cancellation))
            {
                while (await NextAsync(items, cancellation))
                    yield return items.Current;
            }
            await Task.Delay(transport.Options.ReconnectDelay, transport.Time, cancellation);
        }
    }

    /// <summary>False when the connection ended or broke.</summary>
    private static async Task<bool> NextAsync(IAsyncEnumerator<StreamItem> items, CancellationToken cancellation)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private async IAsyncEnumerable<StreamItem> ConnectAsync(Place place, string? types, string? entity, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var watchdog = transport.Time.CreateTimer(_ => silence.Cancel(), null, transport.Options.StreamSilence, Timeout.InfiniteTimeSpan);
        using var request = transport.Request(HttpMethod.Get, Paths.Query("/v1/events/stream", ("types", types), ("entity", entity)), null);
        if (place.LastId is { } last)
            request.Headers.Add("Last-Event-ID", last);
        using var answer = await transport.OpenAsync(request, silence.Token);
        if ((int)answer.StatusCode is 429 or >= 500)
            yield break;
        if (!answer.IsSuccessStatusCode)
            throw await Transport.RefusalAsync(answer, silence.Token);
        await using var body = await answer.Content.ReadAsStreamAsync(silence.Token);
        var parser = SseParser.Create(new SignOfLife(body, () => watchdog.Change(transport.Options.StreamSilence, Timeout.InfiniteTimeSpan)), Parse);
        try
        {
            await foreach (var item in parser.EnumerateAsync(silence.Token))
                yield return item.Data with { Id = place.LastId = item.EventId ?? parser.LastEventId };
        }
        finally
        {
            // The server also sends ids alone, so that a place is kept over a long silence.
            if (parser.LastEventId.Length > 0)
                place.LastId = parser.LastEventId;
        }
    }

    private sealed class Place(string? lastId)
    {
        public string? LastId { get; set; } = lastId;
    }

    private static StreamItem Parse(string type, ReadOnlySpan<byte> data) => type == "reset"
        ? new StreamItem("", null, JsonSerializer.Deserialize(data, ContractsJson.Lenient.StreamReset))
        : new StreamItem("", data.IsEmpty ? null : JsonSerializer.Deserialize(data, ContractsJson.Lenient.EventEnvelope), null);
}
