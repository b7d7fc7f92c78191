using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Planning.Artifacts.Canonical;
using Planning.Engine.Json;

namespace Planning.Cli.Handoff;

/// <summary>The few requests that keys and signatures need; every failure is a sentence.</summary>
internal sealed class ServerConnection : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient http;

    public ServerConnection(Uri server, string? apiKey)
    {
        http = new HttpClient { BaseAddress = server, Timeout = Timeout };
        if (!string.IsNullOrEmpty(apiKey))
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
    }

    public Task<byte[]> GetAsync(string path, CancellationToken cancellation) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), cancellation);

    /// <summary>Posts under a key that derives from the body: repeating the command repeats nothing.</summary>
    public Task<byte[]> PostAsync<T>(string path, T body, CancellationToken cancellation)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, PlanningJson.Options);
        return SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(bytes) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                request.Headers.Add("Idempotency-Key", "cli-" + Checksum.Sha256Hex(bytes));
                return request;
            },
            cancellation);
    }

    public void Dispose() => http.Dispose();

    private async Task<byte[]> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        using var request = make();
        try
        {
            using var answer = await http.SendAsync(request, cancellation);
            return answer.IsSuccessStatusCode
                ? await answer.Content.ReadAsByteArrayAsync(cancellation)
                : throw await RefusedAsync(answer, cancellation);
        }
        catch (HttpRequestException e)
        {
            throw new CommandFailedException($"{http.BaseAddress} cannot be reached: {e.Message} Is the server running, and is this its address?", e);
        }
        catch (TaskCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandFailedException($"{http.BaseAddress} has not answered within {Timeout.TotalSeconds} seconds. Run the command again; nothing happens twice.", e);
        }
    }

    private static async Task<CommandFailedException> RefusedAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var status = $"{(int)answer.StatusCode} {answer.ReasonPhrase}";
        string? detail = null;
        try
        {
            var problem = await answer.Content.ReadFromJsonAsync<Problem>(PlanningJson.Options, cancellation);
            detail = problem is null ? null : $"{problem.Detail ?? problem.Title}{(problem.Code is null ? "" : $" [{problem.Code}]")}";
        }
        catch (JsonException)
        {
            // Not our server's form of an error; the status has to do.
        }
        var advice = answer.StatusCode == System.Net.HttpStatusCode.Unauthorized ? $" Put a valid API key into {ServerOptions.KeyVariable}." : "";
        return new CommandFailedException($"The server refused ({status}){(detail is null ? "." : $": {detail}")}{advice}") { ExitCode = ExitCodes.Rejected };
    }

    /// <summary>Problem details (RFC 9457), as far as they are shown.</summary>
    private sealed record Problem(string? Title, string? Detail, string? Code);
}
