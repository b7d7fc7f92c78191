using Planning.Cli.Tests.Handoff;
using Planning.Client;
using Planning.Contracts;
using Planning.Engine.Tests.Handoff.Support;

namespace Planning.Cli.Tests.Refreshes;

/// <summary><c>planning refresh</c> as it is typed, against a running gateway.</summary>
public sealed class RefreshVerbsTests
{
    [Fact]
    public async Task A_refresh_is_requested_looked_at_moved_and_given_up()
    {
        var world = new HandoffWorld();
        await using var gateway = await RunningGateway.StartAsync(world);
        using var client = new PlanningClient(new PlanningClientOptions { BaseAddress = new Uri(gateway.Address), Actor = "local;groups=platform" });
        var staging = await client.Environments.RegisterAsync(new RegisterEnvironmentRequest("Staging", "platform", "Europe/Berlin"));
        var day = world.Time.GetUtcNow().AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        var requested = await RunAsync(
            gateway, "request", "--environment", staging.Id, "--type", "database_copy", "--from", $"{day}T22:00+01:00", "--to", $"{day}T23:00Z", "--keep", "test_accounts", "--reason", "Fresh data");
        Assert.Equal((0, ""), (requested.ExitCode, requested.Error));
        var id = requested.Output.Split(' ')[0];
        Assert.Contains($"{id}  REQUESTED  database_copy of {staging.Id}, high", requested.Output);
        Assert.Contains($"{day} 21:00Z to {day} 23:00Z, requested by local: Fresh data", requested.Output);
        Assert.Contains($"destroys of Staging ({staging.Id}): data, sessions", requested.Output);

        Assert.Contains("Nothing stands in the way.", (await RunAsync(gateway, "conflicts", id)).Output);
        Assert.Contains($"{day} 20:00Z", (await RunAsync(gateway, "move", id, "--from", $"{day}T20:00Z", "--to", $"{day}T23:00Z")).Output);
        await gateway.ListAsync();
        Assert.Equal(
            $"{day}, {world.Time.GetUtcNow().AddDays(30):dddd}\n  {day} 20:00Z to {day} 23:00Z  refresh {id}, database_copy of Staging ({staging.Id}), REQUESTED, by local: Fresh data",
            (await RunAsync(gateway, "calendar", "--from", day, "--days", "1")).Output);
        Assert.Equal("Nothing that you may see takes an environment in these days.", (await RunAsync(gateway, "calendar", "--from", day, "--days", "1", "--kind", "booking")).Output);
        Assert.Contains("[calendar_range_too_long]", (await RunAsync(gateway, "calendar", "--days", "3650")).Error);
        var approved = await RunAsync(gateway, "approve", id, "--destroys", "data,sessions");
        Assert.Equal((1, ""), (approved.ExitCode, approved.Output));
        Assert.Contains("nobody approves their own. Ask another approver. [requester_cannot_approve]", approved.Error);
        Assert.Contains("CANCELLED", (await RunAsync(gateway, "cancel", id, "--reason", "Not needed")).Output);
    }

    [Theory]
    [InlineData("2027-01-31T22:00")]
    [InlineData("2027-01-31")]
    [InlineData("tomorrow")]
    public async Task A_time_without_its_offset_is_refused(string time)
    {
        using var run = await PlanningProcess.RunAsync("refresh", "move", "rfr_1", "--from", time, "--to", "2027-02-01T10:00Z");

        Assert.Equal(2, await run.EndAsync());
        Assert.Contains($"--from is a time with its offset, such as 2027-01-31T22:00+01:00 or 2027-01-31T21:00Z, not '{time}'.", run.Errors);
    }

    [Fact]
    public async Task A_day_that_is_none_is_refused()
    {
        using var run = await PlanningProcess.RunAsync("refresh", "calendar", "--from", "2027-02-30");

        Assert.Equal(2, await run.EndAsync());
        Assert.Contains("--from is a day such as 2027-01-31, not '2027-02-30'.", run.Errors);
    }

    [Fact]
    public async Task Without_a_server_it_says_how_to_name_one()
    {
        using var run = await PlanningProcess.RunAsync("refresh", "list");

        Assert.Equal(2, await run.EndAsync());
        Assert.Contains("Give its address with --server or in PLANNING_SERVER.", run.Errors);
    }

    /// <summary>In a process of its own, as its API key is a variable of the process.</summary>
    private static async Task<Outcome> RunAsync(RunningGateway gateway, params string[] arguments)
    {
        using var run = await PlanningProcess.RunAsync(["refresh", .. arguments, "--server", gateway.Address]);
        return new Outcome(await run.EndAsync(), string.Join('\n', run.Output), run.Errors);
    }
}
