using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Planning.Contracts;
using Polly;
using Polly.Timeout;

namespace Planning.Client.Http;

/// <summary>Requests and answers: who asks, under which key, how often, and what the answer means.</summary>
internal sealed class Transport(Func<HttpClient> http, PlanningClientOptions options, TimeProvider time)
{
    private const string Json = "application/json";

    private static readonly ProductInfoHeaderValue Agent =
        new("Planning.Client", typeof(Transport).Assembly.GetName().Version?.ToString(3) ?? "0");

    private readonly Uri server = options.BaseAddress!.AbsoluteUri.EndsWith('/') ? options.BaseAddress : new Uri(options.BaseAddress.AbsoluteUri + "/");
    private readonly ResiliencePipeline<ApiAnswer> retries = Retries.Pipeline(options, time);

    public PlanningClientOptions Options => options;
    public TimeProvider Time => time;
    public PositionMemory Positions { get; } = new();

    public async Task<TView> GetAsync<TView>(
        string path, Func<ContractsJson, JsonTypeInfo<TView>> view, CancellationToken cancellation, long? minPosition = null, TimeSpan? wait = null)
    {
        var request = new ApiRequest(HttpMethod.Get, path) { MinPosition = MinPosition(minPosition), Wait = wait };
        return Value(request, await SendAsync(request, cancellation), view);
    }

    /// <summary>A document as it is, byte by byte.</summary>
    public async Task<RawContent> GetBytesAsync(string path, CancellationToken cancellation, TimeSpan? wait = null, string accept = "*/*")
    {
        var request = new ApiRequest(HttpMethod.Get, path) { Accept = accept, Wait = wait };
        var answer = await SendAsync(request, cancellation);
        return answer.Succeeded ? new RawContent(answer.Body, answer.ContentType, answer.ETag) : throw Failures.Refused(request, answer);
    }

    public Task<TView> CommandAsync<TBody, TView>(
        HttpMethod method, string path, TBody body, Func<ContractsJson, JsonTypeInfo<TBody>> form, Func<ContractsJson, JsonTypeInfo<TView>> view,
        CommandOptions? command, CancellationToken cancellation) =>
        CommandAsync(Command(method, path, body, form, command), view, cancellation);

    public async Task<TView> CommandAsync<TView>(ApiRequest request, Func<ContractsJson, JsonTypeInfo<TView>> view, CancellationToken cancellation) =>
        Value(request, await SendAsync(request, cancellation), view);

    public ApiRequest Command<TBody>(HttpMethod method, string path, TBody body, Func<ContractsJson, JsonTypeInfo<TBody>> form, CommandOptions? command) =>
        Command(method, path, JsonSerializer.SerializeToUtf8Bytes(body, form(ContractsJson.Lenient)), Json, command);

    public ApiRequest Command(HttpMethod method, string path, ReadOnlyMemory<byte> body, string? contentType, CommandOptions? command) => new(method, path)
    {
        Body = body,
        ContentType = contentType,
        IdempotencyKey = CommandOptions.KeyOf(command, time),
        IfVersion = command?.IfVersion,
    };

    /// <summary>For what has no answer. What is gone when it is tried again went with a try whose answer was lost.</summary>
    public async Task DeleteAsync(string path, CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Delete, path);
        var answer = await SendAsync(request, cancellation);
        if (!answer.Succeeded && !(answer is { Status: 404, Attempts: > 1 } && Failures.ProblemOf(answer) is not null))
            throw Failures.Refused(request, answer);
    }

    /// <summary>Whatever the server answers in the end.</summary>
    /// <exception cref="PlanningConnectionException">There is no answer.</exception>
    public async Task<ApiAnswer> SendAsync(ApiRequest request, CancellationToken cancellation)
    {
        var attempts = 0;
        var context = Retries.ContextOf(request, cancellation);
        try
        {
            var answer = await retries.ExecuteAsync(
                attempt =>
                {
                    attempts++;
                    return new ValueTask<ApiAnswer>(TryAsync(request, attempt.CancellationToken));
                },
                context);
            return answer with { Attempts = attempts };
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutRejectedException)
        {
            throw Failures.NoAnswer(options, request, attempts, e);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public static T Value<T>(ApiRequest request, ApiAnswer answer, Func<ContractsJson, JsonTypeInfo<T>> view)
    {
        if (!answer.Succeeded)
            throw Failures.Refused(request, answer);
        try
        {
            return JsonSerializer.Deserialize(answer.Body, view(ContractsJson.Lenient)) ?? throw Failures.Unreadable(request, answer, "it is null.");
        }
        catch (JsonException e)
        {
            throw Failures.Unreadable(request, answer, e.Message);
        }
    }

    /// <summary>One try, and the answer as soon as its headers are there. The caller disposes it.</summary>
    public async Task<HttpResponseMessage> OpenAsync(ApiRequest request, string? lastEventId, CancellationToken cancellation)
    {
        using var message = Message(request);
        if (lastEventId is not null)
            message.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        return await http().SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    private async Task<ApiAnswer> TryAsync(ApiRequest request, CancellationToken cancellation)
    {
        using var message = Message(request);
        try
        {
            using var response = await http().SendAsync(message, HttpCompletionOption.ResponseContentRead, cancellation);
            var answer = await ApiAnswer.ReadAsync(response, time, cancellation);
            if (answer.Position is { } position)
                Positions.Saw(position);
            return answer;
        }
        catch (OperationCanceledException e) when (e.InnerException is TimeoutException)
        {
            // The time-out of an HttpClient that the caller brought.
            throw new HttpRequestException(e.Message, e);
        }
    }

    /// <summary>What the caller asks for, or what this client has seen, whichever is later; null asks for nothing.</summary>
    private long? MinPosition(long? asked)
    {
        var seen = options.ReadYourWrites ? Positions.Last : 0;
        return asked >= seen ? asked : seen > 0 ? seen : asked;
    }

    private HttpRequestMessage Message(ApiRequest request)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(server, request.Path));
        var headers = message.Headers;
        headers.UserAgent.Add(Agent);
        headers.TryAddWithoutValidation("Accept", request.Accept);
        if (options.ApiKey is { } key)
            headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (options.Actor is { } actor)
            headers.TryAddWithoutValidation(PlanningHeaders.Actor, actor);
        if (request.IdempotencyKey is { } id)
            headers.TryAddWithoutValidation(PlanningHeaders.IdempotencyKey, id);
        if (request.IfVersion is { } version)
            headers.TryAddWithoutValidation("If-Match", string.Create(CultureInfo.InvariantCulture, $"\"{version}\""));
        if (request.Wait is { } wait)
            headers.TryAddWithoutValidation("Prefer", string.Create(CultureInfo.InvariantCulture, $"wait={(int)Math.Ceiling(wait.TotalSeconds)}"));
        if (request.MinPosition is { } position)
            headers.TryAddWithoutValidation(PlanningHeaders.MinPosition, position.ToString(CultureInfo.InvariantCulture));
        if (request.ContentType is { } contentType)
        {
            message.Content = new ReadOnlyMemoryContent(request.Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }
        return message;
    }
}
