using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using Planning.Conformance.Reads;
using Planning.Conformance.Workspaces;
using Planning.Engine.Entities;
using Planning.Engine.Rulebooks;
using Planning.Grains.Governance;
using Planning.Grains.Workspaces;

namespace Planning.Grains.Tests;

public sealed class OrleansViolationTests : ViolationSuite
{
    private Cluster? cluster;
    private Publishing? publishing;

    protected override async Task<IEntityHost> StartAsync()
    {
        await OpenAsync(new FollowerOptions());
        return cluster!.Host;
    }

    protected override async Task StopAsync()
    {
        if (publishing is not null)
            await publishing.DisposeAsync();
        await cluster!.DisposeAsync();
    }

    /// <summary>No message comes any more, and the silo that followed the workspace is killed: a reminder wakes governance elsewhere.</summary>
    [Fact]
    public async Task What_a_silo_did_not_come_to_before_it_was_killed_is_recorded_by_another()
    {
        await ExecuteAsync("pln_1");
        await OpenAsync(new FollowerOptions { SweepInterval = TimeSpan.FromHours(1), WakeInterval = TimeSpan.FromSeconds(1) });
        var governance = cluster!.Grains.GetGrain<IGovernanceGrain>(History.Workspace.Value);
        await ActivateAsync(cluster.Host, "documentation: risk_analysis");
        await RecordedAsync(1);
        await publishing!.DisposeAsync();
        publishing = null;
        await ActivateAsync(cluster.Host, "emergency_contact: required");
        var silo = (await governance.StatusAsync()).Silo;

        await cluster.KillAsync(silo);

        await RecordedAsync(2);
        Assert.NotEqual(silo, (await governance.StatusAsync()).Silo);
    }

    private async Task OpenAsync(FollowerOptions followers)
    {
        var rulebooks = new RulebookCache(Backend.Blobs, Backend.Log, TimeProvider.System);
        cluster = await Cluster.StartAsync(
            new CellServices(Backend.Log, Backend.Snapshots, new SnapshotWriter(Backend.Snapshots, NullLogger<SnapshotWriter>.Instance), rulebooks, TimeProvider.System),
            followers,
            also: silo => silo.Configure<ReminderOptions>(o => (o.MinimumReminderPeriod, o.RefreshReminderListPeriod) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5))),
            // As the silo has them: whichever silo is killed, they stay.
            reminders: silo => silo.UseAdoNetReminderService(o => (o.Invariant, o.ConnectionString) = ("Npgsql", $"{ConnectionString};Search Path=cluster")));
        publishing = Publishing.Start(cluster, Backend);
    }
}
