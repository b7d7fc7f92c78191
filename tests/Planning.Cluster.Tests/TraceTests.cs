using Npgsql;
using Planning.Client;
using Planning.Contracts;
using Planning.Testing.Otlp;
using Xunit.Abstractions;

namespace Planning.Cluster.Tests;

/// <summary>One request, traced through every process that it meets.</summary>
[Collection(Clusters.Name)]
public sealed class TraceTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_trace_goes_from_the_request_over_the_grain_in_another_process_to_the_database()
    {
        using var receiver = new OtlpReceiver();
        await using var cluster = await ProcessCluster.StartAsync(1, output, settings: new Dictionary<string, string>
        {
            ["PLANNING_TELEMETRY__ENDPOINT"] = receiver.Endpoint, ["PLANNING_TELEMETRY__METRICSINTERVAL"] = "00:00:01",
        });
        using var http = new HttpClient();
        var client = new PlanningClient(http, new PlanningClientOptions { BaseAddress = cluster.Gateway.Url, Actor = "mara;roles=planner" });

        var plan = await client.Plans.CreateAsync(new CreatePlanRequest("Payments", "traced"));

        var trace = (await TraceOfEventsAsync(cluster, plan.Id)).Split('-')[1];
        var (gateway, silo) = (cluster.Gateway.Name, cluster.Silos[0].Name);
        string[] path = [$"{gateway} Microsoft.AspNetCore", $"{gateway} Planning", $"{gateway} Microsoft.Orleans.Application", $"{silo} Microsoft.Orleans.Application", $"{silo} Planning.Postgres", $"{silo} Npgsql"];
        await receiver.UntilAsync(r => !path.Except(Of(r, trace)).Any());
        await receiver.UntilAsync(r => r.Measured.Contains(gateway) && r.Measured.Contains(silo));
        foreach (var span in receiver.Spans.Where(s => s.Trace == trace))
            output.WriteLine($"{span.Instance} {span.Source}: {span.Name}");
        Assert.Equal("/v1/plans", Assert.Single(receiver.Spans, s => s.Trace == trace && s.Parent.Length == 0).Attributes["url.path"]);
        Assert.DoesNotContain(receiver.Spans, s => s.Source == "Npgsql" && s.Parent.Length == 0);
        Assert.DoesNotContain(receiver.Spans, s => s.Attributes.GetValueOrDefault("url.path", "").StartsWith("/health", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Of(OtlpReceiver receiver, string trace) =>
        receiver.Spans.Where(s => s.Trace == trace).Select(s => $"{s.Instance} {s.Source}");

    private static async Task<string> TraceOfEventsAsync(ProcessCluster cluster, string plan)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT meta ->> 'trace' FROM planning.event WHERE entity = $1 LIMIT 1", connection) { Parameters = { new() { Value = plan } } };
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
