using Npgsql;
using Planning.Client;
using Planning.Contracts;
using Xunit.Abstractions;

namespace Planning.Cluster.Tests;

/// <summary>Compliance and KPIs when each process is its own.</summary>
[Collection(Clusters.Name)]
public sealed class FollowerTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Compliance_and_kpis_are_answered_also_when_the_silos_that_followed_the_workspace_are_gone()
    {
        await using var cluster = await ProcessCluster.StartAsync(2, output);
        using var http = new HttpClient();
        var client = new PlanningClient(http, new PlanningClientOptions { BaseAddress = cluster.Gateway.Url, Actor = "mara;roles=planner,planning_lead" });
        var cycle = await client.Cycles.OpenAsync(new OpenCycleRequest("One", new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 14)));
        var plan = await client.Plans.CreateAsync(new CreatePlanRequest("Payments", "payments", CycleId: cycle.Id, Tags: new Dictionary<string, string> { ["criticality"] = "0" }));

        await AnsweredAsync();
        await RemindedAsync(cluster);
        foreach (var old in cluster.Silos.ToArray())
        {
            await cluster.StartSiloAsync();
            await old.KillAsync();
            cluster.Forget(old);
        }
        await AnsweredAsync();

        async Task AnsweredAsync()
        {
            var compliance = await client.Compliance.ListAsync(stream: "payments", minPosition: plan.Position);
            Assert.Equal((plan.Id, false), (compliance.Items.Single().PlanId, compliance.Items.Single().Compliant));
            Assert.Contains(compliance.Items.Single().Missing, m => m.Code == "board_decision_missing");
            Assert.All((await client.Cycles.GetKpisAsync(cycle.Id)).Kpis, k => Assert.Equal("no_data", k.Status));
        }
    }

    /// <summary>Governance has news to lose from now on.</summary>
    private static async Task RemindedAsync(ProcessCluster cluster)
    {
        using var limit = new CancellationTokenSource(Patience);
        await using var database = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using var reminders = database.CreateCommand("select count(*) from cluster.reminder where grain like 'governance/%'");
        while ((long)(await reminders.ExecuteScalarAsync(limit.Token))! == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
    }
}
