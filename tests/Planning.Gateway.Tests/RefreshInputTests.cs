using System.Net;
using System.Text;
using Planning.Client;
using Planning.Contracts;
using Planning.Gateway.Tests.Support;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>What is wrong with a request for a refresh is said in a sentence of its own.</summary>
public sealed class RefreshInputTests
{
    private static readonly DateTimeOffset Day = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(30), TimeSpan.Zero);

    [Theory]
    [InlineData("""{"type":"earthquake"}""", "There is no type 'earthquake'; there are database_copy, redeployment, reset.")]
    [InlineData("""{"keep":["furniture"]}""", "There is no asset 'furniture'")]
    [InlineData("""{"keep":["data"]}""", "A database_copy cannot keep data: that is what it replaces. It can keep test_accounts.")]
    [InlineData("""{"notify_groups":["a b"]}""", "'a b' is no group")]
    [InlineData("""{"notify_groups":[null]}""", "'notify_groups.0' must be a string.")]
    [InlineData("""{"reason":" "}""", "A refresh needs a reason.")]
    [InlineData("""{"swap":true}""", "The end")]
    [InlineData("""{"days":60}""", "A refresh takes at most 31 days; this one has 60.")]
    [InlineData("""{"days_ago":3}""", "which is past")]
    public async Task A_refresh_that_cannot_be_is_refused(string wrong, string words)
    {
        await using var backend = await Backend.StartAsync();
        var staging = await Owner(backend).Environments.RegisterAsync(Staging);
        var change = System.Text.Json.JsonDocument.Parse(wrong).RootElement;
        var (from, to) = (Day, Day.AddHours(2));
        if (change.TryGetProperty("swap", out _))
            (from, to) = (to, from);
        if (change.TryGetProperty("days", out var days))
            to = from.AddDays(days.GetInt32());
        if (change.TryGetProperty("days_ago", out var ago))
            (from, to) = (Day.AddDays(-30 - ago.GetInt32()), Day.AddDays(-30 - ago.GetInt32()).AddHours(1));
        var body = new Dictionary<string, object?>
        {
            ["environment_id"] = staging.Id, ["type"] = "database_copy", ["from"] = from, ["to"] = to, ["reason"] = "Fresh data",
        };
        foreach (var member in change.EnumerateObject().Where(m => m.Name is "type" or "keep" or "notify_groups" or "reason"))
            body[member.Name] = member.Value;

        var refused = await backend.SendAsync(
            HttpMethod.Post, "/v1/refreshes", new StringContent(System.Text.Json.JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"), ("Planning-Actor", UserActor));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(words, refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_belongs_to_other_groups_is_neither_seen_nor_touched()
    {
        await using var backend = await Backend.StartAsync();
        var user = backend.As(UserActor);
        var staging = await Owner(backend).Environments.RegisterAsync(Staging);
        var refresh = await user.Refreshes.DraftAsync(Copy(staging.Id) with { NotifyGroups = ["support"] });
        var (stranger, told) = (backend.As("sam;roles=planner,approver,release_manager;groups=strangers"), backend.As("tia;roles=planner,approver;groups=support"));

        Assert.Equal("environment_of_another_group", await CodeAsync(() => stranger.Refreshes.DraftAsync(Copy(staging.Id))));
        Assert.Equal("refresh_not_found", await CodeAsync(() => stranger.Refreshes.GetAsync(refresh.Id)));
        Assert.Equal("refresh_not_found", await CodeAsync(() => stranger.Refreshes.CancelAsync(refresh.Id, "mine")));
        Assert.Empty((await stranger.Refreshes.ListAsync(minPosition: user.LastPosition)).Items);
        Assert.Equal(refresh.Id, (await told.Refreshes.ListAsync(minPosition: user.LastPosition)).Items.Single().Id);
        Assert.Equal(refresh.Id, (await told.Refreshes.GetAsync(refresh.Id)).Id);
        Assert.Equal("environment_of_another_group", await CodeAsync(() => told.Refreshes.ApproveAsync(refresh.Id, new ApproveRefreshRequest(["data"]))));
        Assert.Equal("environment_not_found", await CodeAsync(() => user.Refreshes.DraftAsync(Copy("env_none"))));
    }

    [Fact]
    public async Task What_is_not_its_turn_is_refused_with_what_is()
    {
        await using var backend = await Backend.StartAsync();
        var user = backend.As(UserActor);
        var staging = await Owner(backend).Environments.RegisterAsync(Staging);
        var refresh = await user.Refreshes.DraftAsync(Copy(staging.Id) with { Request = true });
        await user.Refreshes.CancelAsync(refresh.Id, "Not needed");
        var approver = backend.As("ines;roles=approver;groups=payments");

        var refused = await Assert.ThrowsAsync<PlanningApiException>(() => approver.Refreshes.ApproveAsync(refresh.Id, new ApproveRefreshRequest(["data", "sessions", "test_accounts"])));

        Assert.Equal("refresh_transition_not_allowed", refused.Code);
        Assert.Contains("A refresh that is CANCELLED does not take 'approve'. It is closed; draft a new one.", refused.Message, StringComparison.Ordinal);
        Assert.Equal("role_missing", await CodeAsync(() => user.Refreshes.ApproveAsync(refresh.Id, new ApproveRefreshRequest([]))));
        Assert.Equal("filter_invalid", await CodeAsync(() => user.Refreshes.ListAsync(new RefreshQuery(Status: "LOST"))));
    }

    [Fact]
    public async Task A_repeated_command_is_answered_as_the_first_time()
    {
        await using var backend = await Backend.StartAsync();
        var user = backend.As(UserActor);
        var staging = await Owner(backend).Environments.RegisterAsync(Staging);

        var first = await user.Refreshes.DraftAsync(Copy(staging.Id), new CommandOptions { IdempotencyKey = "k1" });
        var again = await user.Refreshes.DraftAsync(Copy(staging.Id), new CommandOptions { IdempotencyKey = "k1" });

        Assert.Equal((first.Id, first.Version), (again.Id, again.Version));
        Assert.Equal(first.Id, (await user.Refreshes.ListAsync(new RefreshQuery(EnvironmentId: staging.Id, Status: "draft"), user.LastPosition)).Items.Single().Id);
    }

    private const string UserActor = "uma;roles=planner;groups=payments";

    private static readonly RegisterEnvironmentRequest Staging = new("Staging", "platform", "Europe/Berlin", UserGroups: ["payments"]);

    private static DraftRefreshRequest Copy(string environment) => new(environment, "database_copy", Day, Day.AddHours(2), "Fresh data");

    private static PlanningClient Owner(Backend backend) => backend.As("olga;roles=release_manager;groups=platform");

    private static async Task<string?> CodeAsync(Func<Task> call) => (await Assert.ThrowsAsync<PlanningApiException>(call)).Code;
}
