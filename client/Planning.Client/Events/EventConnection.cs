using Planning.Client.Http;

namespace Planning.Client.Events;

/// <summary>One connection of a stream, with an eye on its silence.</summary>
internal sealed class EventConnection : IAsyncDisposable
{
    private const string StreamType = "text/event-stream";

    private readonly HttpResponseMessage response;
    private readonly SseReader reader;
    private readonly TimeSpan mostSilence;
    private readonly TimeProvider time;

    private EventConnection(HttpResponseMessage response, Stream stream, PlanningClientOptions options, TimeProvider time)
    {
        (this.response, this.time, mostSilence) = (response, time, options.StreamSilence);
        reader = new SseReader(stream, options.MaxEventBytes);
    }

    /// <exception cref="PlanningApiException">The server answered, but with no stream.</exception>
    /// <exception cref="PlanningConnectionException">There is no connection, and trying again will not help.</exception>
    public static async Task<EventConnection> OpenAsync(Transport api, ApiRequest request, string? place, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(api.Options.AttemptTimeout, api.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        HttpResponseMessage opened;
        try
        {
            opened = await api.OpenAsync(request, place, either.Token);
        }
        catch (HttpRequestException e) when (!Retries.IsPassing(e))
        {
            throw Failures.NoAnswer(api.Options, request, attempts: 1, e);
        }
        try
        {
            if (opened.IsSuccessStatusCode && opened.Content.Headers.ContentType?.MediaType == StreamType)
                return new EventConnection(opened, await opened.Content.ReadAsStreamAsync(either.Token), api.Options, api.Time);
            var answer = await ApiAnswer.ReadAsync(opened, api.Time, either.Token);
            throw answer.Succeeded ? Failures.Unreadable(request, answer, $"it is no {StreamType}.") : Failures.Refused(request, answer);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <returns>Null when the server has ended the stream.</returns>
    /// <exception cref="OperationCanceledException">The caller cancels, or the stream is silent for too long.</exception>
    public async ValueTask<SseMessage?> NextAsync(CancellationToken cancellation)
    {
        using var silent = new CancellationTokenSource(mostSilence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silent.Token, cancellation);
        try
        {
            return await reader.NextAsync(either.Token);
        }
        catch (InvalidDataException e)
        {
            throw new PlanningConnectionException(e.Message, attempts: 1, idempotencyKey: null, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // First the response: completing the reader of a stream that still gives would wait for it.
        response.Dispose();
        await reader.DisposeAsync();
    }
}
