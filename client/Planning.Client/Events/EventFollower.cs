using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Planning.Client.Http;
using Planning.Contracts;

namespace Planning.Client.Events;

/// <summary>
/// Follows the stream across connections:
/// <list type="number">
/// <item>open the stream at the present place; refusals end it, passing failures are tried again</item>
/// <item>each whole message moves the place on; an event at or before the place was given already and is passed over</item>
/// <item>a reset, or another epoch without one, is told: what comes next does not join on to what was</item>
/// <item>a cut or silent connection: a pause, then from the start, at the place</item>
/// </list>
/// </summary>
internal sealed class EventFollower(Transport transport, string path, string? after)
{
    private const string Reset = "reset";
    private const int MaxDoublings = 16;

    private readonly ApiRequest request = new(HttpMethod.Get, path) { Accept = "text/event-stream" };
    private StreamPlace? reached = StreamPlace.Parse(after);
    private int failures;

    /// <summary>A place that the client cannot read is the server's to refuse.</summary>
    private string? Place => reached?.ToString() ?? after;

    public async IAsyncEnumerable<StreamItem> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            // :: Step 1: open
            var (connection, lost) = await OpenAsync(cancellation);
            await using (connection)
            {
                // :: Step 2: read
                while (connection is not null && await NextAsync(connection, cancellation) is { } message)
                {
                    failures = 0;
                    foreach (var item in Taken(message))
                        yield return item;
                }
            }
            // :: Step 4: pause
            failures++;
            await Task.Delay((lost as PlanningApiException)?.RetryAfter ?? Backoff(), transport.Time, cancellation);
        }
    }

    private async Task<(EventConnection? Connection, Exception? Lost)> OpenAsync(CancellationToken cancellation)
    {
        try
        {
            return (await EventConnection.OpenAsync(transport, request, Place, cancellation), null);
        }
        catch (Exception e) when (IsPassing(e, cancellation))
        {
            return (null, e);
        }
    }

    /// <returns>Null when the connection ended, in whatever way.</returns>
    private static async ValueTask<SseMessage?> NextAsync(EventConnection connection, CancellationToken cancellation)
    {
        try
        {
            return await connection.NextAsync(cancellation);
        }
        catch (Exception e) when (IsPassing(e, cancellation))
        {
            return null;
        }
    }

    private IEnumerable<StreamItem> Taken(SseMessage message)
    {
        var now = StreamPlace.Parse(message.Id);
        // :: Step 3: another epoch
        if (message.Event == Reset)
        {
            yield return ResetTo(Read(message, json => json.StreamReset));
            yield break;
        }
        if (now is { } there && reached?.IsOfAnotherEpochThan(there) == true)
            yield return ResetTo(new StreamReset(there.Epoch!, there.Position - 1, "The log has another epoch, and the stream did not say so. Read anew what you follow."));
        var before = reached;
        if (now is { } further && !(further.Position < before?.Position))
            reached = further;
        if (message.Data.IsEmpty || now?.Position <= before?.Position)
            yield break;
        var envelope = Read(message, json => json.EventEnvelope);
        transport.Positions.Saw(envelope.Position);
        yield return new StreamItem(message.Id ?? Place ?? "", envelope, null);
    }

    private StreamItem ResetTo(StreamReset reset)
    {
        reached = new StreamPlace(reset.Epoch, reset.Position);
        transport.Positions.StartFrom(reset.Position);
        return new StreamItem(Place!, null, reset);
    }

    private T Read<T>(SseMessage message, Func<ContractsJson, JsonTypeInfo<T>> view) => Transport.Value(
        request, new ApiAnswer(200, message.Data.ToArray(), request.Accept, ETag: null, RetryAfter: null, Position: null), view);

    /// <summary>Doubles from time to time, and is spread at random, so that the clients of a server that is back do not come all at once.</summary>
    private TimeSpan Backoff()
    {
        var (first, longest) = (transport.Options.ReconnectDelay, transport.Options.MaxRetryDelay);
        var full = first * Math.Pow(2, Math.Min(failures - 1, MaxDoublings));
        return (full < longest ? full : longest) * (0.5 + (Random.Shared.NextDouble() / 2));
    }

    /// <summary>Whether trying again may help.</summary>
    private static bool IsPassing(Exception e, CancellationToken cancellation) => e switch
    {
        OperationCanceledException => !cancellation.IsCancellationRequested,
        PlanningApiException refused => Retries.IsPassing((int)refused.Status) || (int)refused.Status >= 500,
        PlanningConnectionException => false,
        HttpRequestException or IOException => true,
        _ => false,
    };
}
