using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Planning.Engine.Trackers;

namespace Planning.Trackers;

/// <summary>What a request came to: a body, undefined where there is none; or why not.</summary>
internal readonly record struct Called(JsonElement Body, TrackerAnswer? Failed);

/// <summary>Requests with JSON bodies to one tracker, under its account.</summary>
internal sealed class TrackerCalls(TrackerOptions options, HttpMessageInvoker http, TimeProvider time)
{
    /// <summary>Of an answer; what is asked for is small.</summary>
    private const int MaxAnswerBytes = 1024 * 1024;

    /// <summary>Of a refusal, as it is told on.</summary>
    private const int MaxToldCharacters = 300;

    private readonly string root = options.BaseAddress.AbsoluteUri.TrimEnd('/') + "/";
    private readonly AuthenticationHeaderValue credential = options.User is { } user
        ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{options.Token}")))
        : new("Bearer", options.Token);

    /// <summary>Does several requests within the one time that an action may take.</summary>
    public async ValueTask<TrackerAnswer> WithinTimeAsync(Func<CancellationToken, ValueTask<TrackerAnswer>> action, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await action(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new TrackerAnswer.Unknown($"{options.BaseAddress.Host} has not answered within {options.Timeout.TotalSeconds:0} seconds.");
        }
    }

    public ValueTask<Called> GetAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Get, path, body: null, cancellation);

    public async ValueTask<Called> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, root + path);
        request.Headers.Authorization = credential;
        request.Headers.Accept.Add(new("application/json"));
        request.Headers.UserAgent.Add(new("Planning-Trackers", "1"));
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            return await ReadAsync(response, cancellation);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return Failed(new TrackerAnswer.NotNow($"{options.BaseAddress.Host} cannot be reached: {e.Message}"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Failed(new TrackerAnswer.Unknown($"The connection to {options.BaseAddress.Host} ended before the answer: {e.Message}"));
        }
    }

    private async ValueTask<Called> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var bytes = await BodyAsync(response, cancellation);
        if (!response.IsSuccessStatusCode)
            return Failed(Refusal(response.StatusCode, bytes));
        if (bytes is null)
            return Failed(new TrackerAnswer.Unknown($"{options.BaseAddress.Host} answers with more than {MaxAnswerBytes} bytes."));
        if (bytes.Length == 0)
            return default;
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return new Called(document.RootElement.Clone(), null);
        }
        catch (JsonException)
        {
            return Failed(new TrackerAnswer.Unknown($"{options.BaseAddress.Host} answers with something that is no JSON. Is base_address right?"));
        }
    }

    private TrackerAnswer Refusal(HttpStatusCode status, byte[]? body)
    {
        var told = $"{options.BaseAddress.Host} answers {(int)status}{Told(body)}";
        return status switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => new TrackerAnswer.NotNow(told),
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => new TrackerAnswer.Unknown(told),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new TrackerAnswer.Refused($"{told} Look at the account's token and rights."),
            _ => new TrackerAnswer.Refused(told),
        };
    }

    private static string Told(byte[]? body) => body is { Length: > 0 } && Encoding.UTF8.GetString(body).ReplaceLineEndings(" ") is var text
        ? $": {(text.Length > MaxToldCharacters ? text[..MaxToldCharacters] + "…" : text)}"
        : ".";

    /// <returns>Null for one that is too large.</returns>
    private static async ValueTask<byte[]?> BodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancellation) is var read and > 0)
        {
            if (kept.Length + read > MaxAnswerBytes)
                return null;
            kept.Write(buffer, 0, read);
        }
        return kept.ToArray();
    }

    private static Called Failed(TrackerAnswer why) => new(default, why);
}
