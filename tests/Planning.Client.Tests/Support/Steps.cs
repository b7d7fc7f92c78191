using System.Globalization;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Planning.Contracts;

namespace Planning.Client.Tests.Support;

/// <summary>What a scripted server does with a request.</summary>
internal static class Steps
{
    public static Func<HttpContext, Task> Drop { get; } = http =>
    {
        http.Abort();
        return Task.CompletedTask;
    };

    /// <summary>Half of an answer, then the end of the connection.</summary>
    public static Func<HttpContext, Task> DropInTheAnswer { get; } = async http =>
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = 1_000;
        await http.Response.WriteAsync("{\"id\":");
        await http.Response.Body.FlushAsync();
        http.Abort();
    };

    /// <summary>No answer until the caller goes away.</summary>
    public static Func<HttpContext, Task> Hang { get; } = http => Gone(http, null);

    public static Func<HttpContext, Task> HangUntilGone(TaskCompletionSource gone) => http => Gone(http, gone);

    public static Func<HttpContext, Task> Text(int status, string text, string contentType = "application/json", params (string Name, string Value)[] headers) => http =>
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        foreach (var (name, value) in headers)
            http.Response.Headers[name] = value;
        return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();
    };

    public static Func<HttpContext, Task> Json<T>(T value, Func<ContractsJson, JsonTypeInfo<T>> type, int status = 200, long? position = null) => Text(
        status, System.Text.Json.JsonSerializer.Serialize(value, type(ContractsJson.Lenient)), "application/json",
        position is { } p ? [(PlanningHeaders.Position, p.ToString(CultureInfo.InvariantCulture))] : []);

    public static Func<HttpContext, Task> Refusal(int status, string code = "some_code", string? retryAfter = null, string detail = "It cannot be.") => Text(
        status,
        $$"""{"type":"https://planning.example/errors/{{code}}","title":"Some code","status":{{status}},"detail":"{{detail}}","code":"{{code}}","errors":[],"trace_id":"4bf92f"}""",
        "application/problem+json",
        retryAfter is null ? [] : [("Retry-After", retryAfter)]);

    public static Func<HttpContext, Task> Plan(string id = "pln_1", long position = 1, int status = 200) => Json(Samples.Plan(id, position), json => json.PlanView, status, position);

    private static async Task Gone(HttpContext http, TaskCompletionSource? gone)
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = http.RequestAborted.Register(left.SetResult);
        await left.Task;
        gone?.TrySetResult();
    }
}
