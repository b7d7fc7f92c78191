using System.Net;
using Planning.Client;
using Planning.Contracts;

namespace Planning.Cluster.Tests;

/// <summary>A gateway that is no silo serves the same interface.</summary>
[Collection(SharedCluster.Name)]
public sealed class GatewayTests(SmallCluster cluster)
{
    [Fact]
    public async Task Lists_show_what_was_just_written_though_another_process_keeps_them()
    {
        using var http = new HttpClient();
        var client = new PlanningClient(http, new PlanningClientOptions { BaseAddress = cluster.Processes.Gateway.Url, Actor = "mara;roles=planner" });

        var plan = await client.Plans.CreateAsync(new CreatePlanRequest("Payments", "just-written"));
        var listed = await client.Plans.ListAsync(new PlanQuery { Stream = "just-written" });

        Assert.Equal([plan.Id], listed.Items.Select(p => p.Id));
    }

    [Fact]
    public async Task The_dashboard_is_for_operators()
    {
        using var http = new HttpClient();

        foreach (var page in (string[])["/dashboard/", "/dashboard/ClusterStats"])
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync("otto;roles=operator", page));
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("mara;roles=planner,approver,auditor", page));
        }

        async Task<HttpStatusCode> StatusAsync(string actor, string page)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(cluster.Processes.Gateway.Url, page));
            request.Headers.Add(PlanningHeaders.Actor, actor);
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }
    }
}
