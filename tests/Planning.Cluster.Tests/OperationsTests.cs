using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Planning.Client;
using Planning.Contracts;

namespace Planning.Cluster.Tests;

/// <summary>Who serves what, as operators ask it.</summary>
[Collection(SharedCluster.Name)]
public sealed class OperationsTests(SmallCluster cluster)
{
    private const string Operator = "otto;roles=operator";

    [Fact]
    public async Task An_operator_sees_the_members_and_which_of_them_has_an_entity_in_memory()
    {
        using var http = new HttpClient { BaseAddress = cluster.Processes.Gateway.Url };
        var client = new PlanningClient(http, new PlanningClientOptions { BaseAddress = cluster.Processes.Gateway.Url, Actor = "mara;roles=planner" });
        var plan = await client.Plans.CreateAsync(new CreatePlanRequest("Payments", "placed"));

        var silos = (await OkAsync(http, "/cluster/silos")).GetProperty("silos").EnumerateArray().ToList();
        var placement = await OkAsync(http, $"/cluster/placement/plan/{plan.Id}");
        var nowhere = await OkAsync(http, "/cluster/placement/plan/pln_of_nobody");

        Assert.Equal(["silo-1", "silo-2"], silos.Select(s => s.GetProperty("name").GetString()));
        Assert.All(silos, s => Assert.Equal("active", s.GetProperty("status").GetString()));
        Assert.All(silos, s => Assert.InRange(s.GetProperty("since").GetDateTimeOffset(), TimeProvider.System.GetUtcNow().AddMinutes(-10), TimeProvider.System.GetUtcNow()));
        Assert.All(silos, s => Assert.True(IPEndPoint.TryParse(s.GetProperty("address").GetString()!, out _)));
        Assert.True(silos.Sum(s => s.GetProperty("entities").GetInt32()) >= 2, "The plan and its cycle are in memory.");
        Assert.True(placement.GetProperty("in_memory").GetBoolean());
        Assert.Equal(("plan", "default", plan.Id), (Text(placement, "kind"), Text(placement, "workspace"), Text(placement, "id")));
        Assert.Contains(Text(placement, "silo"), silos.Select(s => s.GetProperty("name").GetString()));
        Assert.False(nowhere.GetProperty("in_memory").GetBoolean());
        Assert.False(nowhere.TryGetProperty("silo", out _));
    }

    [Fact]
    public async Task Others_than_operators_and_unknown_kinds_are_refused_as_everywhere()
    {
        using var http = new HttpClient { BaseAddress = cluster.Processes.Gateway.Url };

        using var planner = await AskAsync(http, "/cluster/silos", "mara;roles=planner,approver,auditor");
        using var unknown = await AskAsync(http, "/cluster/placement/plann/pln_1", Operator);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NotFound), (planner.StatusCode, unknown.StatusCode));
        var problem = await unknown.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("entity_kind_unknown", Text(problem, "code"));
        Assert.Equal("There is no kind of entity 'plann'; there are plan, gate_run, manifest, cycle, rulebook, environment_tree, refresh.", Text(problem, "detail"));
    }

    private static async Task<JsonElement> OkAsync(HttpClient http, string path)
    {
        using var answer = await AskAsync(http, path, Operator);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient http, string path, string actor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add(PlanningHeaders.Actor, actor);
        return await http.SendAsync(request);
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
