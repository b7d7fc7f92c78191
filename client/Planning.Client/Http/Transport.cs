using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Planning.Contracts;
using Polly;

namespace Planning.Client.Http;

/// <summary>Requests and answers. Whatever is sent again carries the key of the first time, so trying again is always safe.</summary>
internal sealed class Transport(HttpClient http, PlanningClientOptions options, TimeProvider time)
{
    private const string Json = "application/json";

    private readonly ResiliencePipeline<HttpResponseMessage> retries = Retries.Pipeline(options, time);

    public PlanningClientOptions Options => options;
    public TimeProvider Time => time;

    public Task<TView> GetAsync<TView>(string path, Func<ContractsJson, JsonTypeInfo<TView>> view, CancellationToken cancellation, long? minPosition = null) =>
        ReadAsync(() => Request(HttpMethod.Get, path, minPosition), view, cancellation);

    public async Task<RawContent> GetBytesAsync(string path, CancellationToken cancellation, string? accept = null)
    {
        using var answer = await SendAsync(
            () =>
            {
                var request = Request(HttpMethod.Get, path, null);
                if (accept is not null)
                    request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
                return request;
            },
            cancellation);
        return new RawContent(
            await answer.Content.ReadAsByteArrayAsync(cancellation), answer.Content.Headers.ContentType?.ToString(), answer.Headers.ETag?.Tag.Trim('"'));
    }

    public Task<TView> CommandAsync<TBody, TView>(
        HttpMethod method, string path, TBody body, Func<ContractsJson, JsonTypeInfo<TBody>> form, Func<ContractsJson, JsonTypeInfo<TView>> view,
        CommandOptions? command, CancellationToken cancellation, TimeSpan? wait = null) =>
        CommandAsync(method, path, JsonSerializer.SerializeToUtf8Bytes(body, form(ContractsJson.Lenient)), Json, view, command, cancellation, wait);

    public Task<TView> CommandAsync<TView>(
        HttpMethod method, string path, ReadOnlyMemory<byte> body, string? contentType, Func<ContractsJson, JsonTypeInfo<TView>> view,
        CommandOptions? command, CancellationToken cancellation, TimeSpan? wait = null)
    {
        var key = command?.IdempotencyKey ?? Guid.CreateVersion7(time.GetUtcNow()).ToString();
        return ReadAsync(() => Command(method, path, body, contentType, key, command?.IfVersion, wait), view, cancellation);
    }

    /// <summary>For what has no answer, and whose repetition finds its effect in place.</summary>
    public async Task DeleteAsync(string path, CancellationToken cancellation) =>
        (await SendAsync(() => Request(HttpMethod.Delete, path, null), cancellation)).Dispose();

    /// <summary>One try, and the answer as soon as its headers are there.</summary>
    public Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken cancellation) =>
        http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);

    public HttpRequestMessage Request(HttpMethod method, string path, long? minPosition)
    {
        var request = new HttpRequestMessage(method, path);
        if (options.ApiKey is { } key)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (options.Actor is { } actor)
            request.Headers.Add(PlanningHeaders.Actor, actor);
        if (minPosition is { } position)
            request.Headers.Add(PlanningHeaders.MinPosition, position.ToString(CultureInfo.InvariantCulture));
        return request;
    }

    /// <summary>The refusal that an answer stands for.</summary>
    public static async Task<PlanningApiException> RefusalAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        Problem? problem = null;
        if (answer.Content.Headers.ContentType?.MediaType == "application/problem+json")
            problem = JsonSerializer.Deserialize(await answer.Content.ReadAsByteArrayAsync(cancellation), ContractsJson.Lenient.Problem);
        return new PlanningApiException(answer.StatusCode, problem);
    }

    private HttpRequestMessage Command(HttpMethod method, string path, ReadOnlyMemory<byte> body, string? contentType, string key, long? ifVersion, TimeSpan? wait)
    {
        var request = Request(method, path, null);
        request.Headers.Add(PlanningHeaders.IdempotencyKey, key);
        if (ifVersion is { } version)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{version}\"")));
        if (wait is { } patience)
            request.Headers.Add("Prefer", string.Create(CultureInfo.InvariantCulture, $"wait={(int)Math.Ceiling(patience.TotalSeconds)}"));
        request.Content = new ReadOnlyMemoryContent(body);
        if (contentType is not null)
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        return request;
    }

    private async Task<TView> ReadAsync<TView>(Func<HttpRequestMessage> request, Func<ContractsJson, JsonTypeInfo<TView>> view, CancellationToken cancellation)
    {
        using var answer = await SendAsync(request, cancellation);
        await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
        return await JsonSerializer.DeserializeAsync(body, view(ContractsJson.Lenient), cancellation)
            ?? throw new PlanningApiException($"The server answered {(int)answer.StatusCode} with null.");
    }

    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancellation)
    {
        var answer = await retries.ExecuteAsync(
            async (state, token) =>
            {
                using var message = state.request();
                return await state.http.SendAsync(message, token);
            },
            (request, http),
            cancellation);
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw await RefusalAsync(answer, cancellation);
    }
}
