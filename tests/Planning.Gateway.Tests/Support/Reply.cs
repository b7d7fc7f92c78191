using System.Net;
using System.Text.Json;
using Planning.Contracts;
using Xunit;

namespace Planning.Gateway.Tests.Support;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record Reply(HttpStatusCode Status, string Body, string? ContentType, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public Problem Problem => JsonSerializer.Deserialize(Body, ContractsJson.Lenient.Problem)!;

    public static async Task<Reply> OfAsync(HttpResponseMessage answer) => new(
        answer.StatusCode,
        await answer.Content.ReadAsStringAsync(),
        answer.Content.Headers.ContentType?.MediaType,
        answer.Headers.Concat(answer.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));

    /// <summary>That this is a problem document with this status and code, that says something and shows no stack trace.</summary>
    public Problem MustBe(int status, string code)
    {
        Assert.True((int)Status == status && ContentType == "application/problem+json", $"{(int)Status} {ContentType}: {Body}");
        var problem = Problem;
        Assert.Equal((status, code), (problem.Status, problem.Code));
        Assert.EndsWith("/" + code, problem.Type, StringComparison.Ordinal);
        Assert.NotEmpty(problem.Detail);
        Assert.NotEmpty(problem.TraceId!);
        Assert.DoesNotContain("   at ", Body, StringComparison.Ordinal);
        return problem;
    }
}
