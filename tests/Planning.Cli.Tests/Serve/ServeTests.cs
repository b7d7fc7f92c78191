using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Planning.Testing;

namespace Planning.Cli.Tests.Serve;

public class ServeTests
{
    private static async Task<string> CreatePlanAsync(string url)
    {
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        var cycle = await http.PostAsJsonAsync("/v1/cycles", new { name = "one", starts_on = "2027-01-04", ends_on = "2027-01-17" });
        Assert.Equal(HttpStatusCode.Created, cycle.StatusCode);
        var cycleId = (await cycle.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        var plan = await http.PostAsJsonAsync("/v1/plans", new { title = "Survives", stream = "payments", cycle_id = cycleId });
        Assert.Equal(HttpStatusCode.Created, plan.StatusCode);
        return (await plan.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task<string?> TitleAsync(string url, string plan)
    {
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        return (await http.GetFromJsonAsync<JsonElement>($"/v1/plans/{plan}")).GetProperty("title").GetString();
    }

    [Fact]
    public async Task What_was_acknowledged_survives_a_stop_and_a_kill()
    {
        using var folder = await TemporaryDataFolder.CreateAsync();
        string plan;
        using (var first = PlanningProcess.Start("serve", "--url", "http://127.0.0.1:0", "--data", folder.Path))
        {
            plan = await CreatePlanAsync(await first.ServingAsync());
            Assert.Equal(0, await first.TerminateAsync());
        }
        using (var second = PlanningProcess.Start("serve", "--url", "http://127.0.0.1:0", "--data", folder.Path))
        {
            Assert.Equal("Survives", await TitleAsync(await second.ServingAsync(), plan));
            await second.KillAsync();
        }
        using var third = PlanningProcess.Start("serve", "--url", "http://127.0.0.1:0", "--data", folder.Path);
        Assert.Equal("Survives", await TitleAsync(await third.ServingAsync(), plan));
        Assert.Contains("still running", third.Errors, StringComparison.Ordinal);
        Assert.Equal(0, await third.TerminateAsync());
    }

    [Fact]
    public async Task A_second_server_on_the_same_data_says_who_holds_it_and_a_standby_takes_over()
    {
        using var folder = await TemporaryDataFolder.CreateAsync();
        using var holder = PlanningProcess.Start("serve", "--url", "http://127.0.0.1:0", "--data", folder.Path);
        var url = await holder.ServingAsync();
        using var refused = await PlanningProcess.RunAsync("serve", "--url", "http://127.0.0.1:0", "--data", folder.Path);
        Assert.Contains($"held by process {holder.Id}", refused.Errors, StringComparison.Ordinal);
        Assert.Contains(url, refused.Errors, StringComparison.Ordinal);
        Assert.Equal(2, await refused.EndAsync());

        using var standby = PlanningProcess.Start("serve", "--url", "http://127.0.0.1:0", "--data", folder.Path, "--standby");
        var taken = standby.ServingAsync();
        Assert.False(taken.IsCompleted);
        await holder.TerminateAsync();
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"{await taken}/health/ready")).StatusCode);
        await standby.TerminateAsync();
    }

    [Theory]
    [InlineData("--url", "nonsense", "is no address")]
    [InlineData("--database", "Host=127.0.0.1;Port=1;Database=none;Username=nobody;Timeout=2", "127.0.0.1")]
    public async Task A_setting_that_cannot_work_is_a_sentence_and_no_stack_trace(string option, string value, string said)
    {
        using var refused = await PlanningProcess.RunAsync("serve", option, value);
        Assert.Equal(2, await refused.EndAsync());
        Assert.Contains(said, refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Errors, StringComparison.Ordinal);
    }
}
