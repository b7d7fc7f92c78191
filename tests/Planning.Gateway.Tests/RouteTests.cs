using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Planning.Domain;
using Planning.Gateway.Identity;
using Planning.Gateway.Tests.Support;
using Planning.Testing;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>What others depend on, kept in files: the routes with what each demands, and the published description.</summary>
public sealed class RouteTests
{
    private const string Update = "PLANNING_UPDATE_GOLDEN";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Every_route_demands_what_the_list_says()
    {
        await using var backend = await Backend.StartAsync(pump: false);
        var routes = backend.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(m => $"{m,-6} {e.RoutePattern.RawText} : {Demanded(e)}"))
            .Order(StringComparer.Ordinal);

        MustEqual("routes.txt", string.Join('\n', routes) + "\n");
    }

    [Fact]
    public async Task Only_health_the_description_and_what_bears_its_own_credential_are_open_to_everybody()
    {
        await using var backend = await Backend.StartAsync(pump: false);

        var open = backend.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<Demand>() is not { AnyOf.Count: > 0 }).Select(e => e.RoutePattern.RawText).Order(StringComparer.Ordinal);

        // Trackers sign what they send. Calendar programs send no key: the address is the credential of a feed.
        Assert.Equal(["/health/live", "/health/ready", "/openapi/{documentName}.json", "/v1/calendar/feeds/{secret}.ics", "/v1/trackers/{tracker}/webhooks"], open);
    }

    [Fact]
    public async Task The_served_description_is_the_published_one()
    {
        await using var backend = await Backend.StartAsync(pump: false);
        var served = await backend.SendAsync(HttpMethod.Get, "/openapi/v1.json");

        var text = JsonSerializer.Serialize(served.Json, Indented);

        MustEqual("openapi.v1.json", text + "\n");
    }

    [Fact]
    public async Task The_description_speaks_snake_case_and_names_every_command_s_headers()
    {
        await using var backend = await Backend.StartAsync(pump: false);
        var create = (await backend.SendAsync(HttpMethod.Get, "/openapi/v1.json")).Json.GetProperty("paths").GetProperty("/v1/plans").GetProperty("post");

        Assert.Equal(["Idempotency-Key", "If-Match"], create.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        Assert.Contains("emergency_contact", (await backend.SendAsync(HttpMethod.Get, "/openapi/v1.json")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("emergencyContact", (await backend.SendAsync(HttpMethod.Get, "/openapi/v1.json")).Body, StringComparison.Ordinal);
    }

    private static string Demanded(RouteEndpoint e) =>
        e.Metadata.GetMetadata<Demand>() is { } demand ? string.Join(" or ", demand.AnyOf.Select(p => Snake.Case(p.ToString()))) : "nothing";

    private static void MustEqual(string name, string now)
    {
        var path = Repository.At("tests", "Planning.Gateway.Tests", name);
        if (Environment.GetEnvironmentVariable(Update) == "1")
            File.WriteAllText(path, now);
        var kept = File.Exists(path) ? File.ReadAllText(path) : "";
        if (kept == now)
            return;
        var (old, fresh) = (kept.Split('\n'), now.Split('\n'));
        var at = Enumerable.Range(0, Math.Max(old.Length, fresh.Length)).First(i => i >= old.Length || i >= fresh.Length || old[i] != fresh[i]);
        Assert.Fail(
            $"{name} differs from what the server has, first in line {at + 1}:\n  kept: {(at < old.Length ? old[at] : "(end)")}\n  now:  {(at < fresh.Length ? fresh[at] : "(end)")}\n"
            + $"If the change is meant, run the test with {Update}=1 and commit the file.");
    }
}
