using System.Net;
using System.Text;
using Planning.Client;
using Planning.Contracts;
using Planning.Gateway.Tests.Support;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>Shared environments and their bookings over REST, as two teams use them.</summary>
public sealed class EnvironmentTests
{
    private static readonly DateTimeOffset Day = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(30), TimeSpan.Zero);

    [Fact]
    public async Task Two_teams_share_an_environment_and_the_second_is_told_when_it_is_free()
    {
        await using var backend = await Backend.StartAsync();
        var (owner, user, other) = (Owner(backend), User(backend, "uma"), User(backend, "udo"));
        var staging = await owner.Environments.RegisterAsync(Staging);
        var qa = await owner.Environments.RegisterAsync(Staging with { Name = "QA", Parent = staging.Id, MaintenanceWindows = [new MaintenanceWindow("saturday", new TimeOnly(22, 0), 360)] });
        Assert.Equal((staging.Tree, staging.Id), (qa.Tree, qa.Parent));

        var booked = await user.Bookings.BookAsync(new BookRequest(qa.Id, "exclusive", Day.AddHours(8), Day.AddHours(12), Release: "4.0", Purpose: "Load tests"));
        var refused = await Assert.ThrowsAsync<PlanningApiException>(() => other.Bookings.BookAsync(new BookRequest(staging.Id, "shared", Day.AddHours(11), Day.AddHours(13))));

        Assert.Equal((HttpStatusCode.Conflict, "environment_taken"), (refused.Status, refused.Code));
        Assert.Equal(["environment_taken", "next_free_window"], refused.Errors.Select(e => e.Code));
        Assert.Equal(booked.Id, refused.Errors[0].Source);
        var free = await other.Environments.FindFreeWindowAsync(staging.Id, TimeSpan.FromHours(2), Day.AddHours(11));
        Assert.Equal((Day.AddHours(12), Day.AddHours(14)), (free.From, free.To));
        var second = await other.Bookings.BookAsync(new BookRequest(staging.Id, "shared", free.From!.Value, free.To!.Value));

        var schedule = await user.Environments.GetScheduleAsync(qa.Id, Day, Day.AddDays(1));
        Assert.Equal([booked.Id, second.Id], schedule.Entries.Select(e => e.Id));
        Assert.Equal(second.Id, (await user.Bookings.ListAsync(new BookingQuery(EnvironmentId: staging.Id), owner.LastPosition)).Items.Single().Id);

        var moved = await user.Bookings.MoveAsync(booked.Id, Day.AddHours(7), Day.AddHours(11));
        Assert.Equal((Day.AddHours(7), Day.AddHours(11), "Load tests"), (moved.From, moved.To, moved.Purpose));
        Assert.Equal("booking_of_another", (await Assert.ThrowsAsync<PlanningApiException>(() => other.Bookings.CancelAsync(booked.Id))).Code);
        Assert.True((await user.Bookings.CancelAsync(booked.Id, "done")).Cancelled);
        Assert.True((await user.Bookings.GetAsync(booked.Id)).Cancelled);
        Assert.Equal(Day.AddHours(7), (await user.Bookings.GetAsync(booked.Id)).From);
    }

    [Fact]
    public async Task Of_two_hundred_that_want_it_at_once_one_has_it()
    {
        await using var backend = await Backend.StartAsync();
        var owner = Owner(backend);
        var root = await owner.Environments.RegisterAsync(Staging);
        var ids = new List<string> { root.Id };
        foreach (var name in (string[])["QA", "Perf", "Demo"])
            ids.Add((await owner.Environments.RegisterAsync(Staging with { Name = name, Parent = ids[^1] })).Id);
        var user = User(backend, "uma");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            try
            {
                return (await user.Bookings.BookAsync(new BookRequest(ids[i % ids.Count], i % 3 == 0 ? "shared" : "exclusive", Day.AddMinutes(i % 50), Day.AddHours(2)))).Mode;
            }
            catch (PlanningApiException refused) when (refused.Code == "environment_taken")
            {
                return "";
            }
        }));

        var won = outcomes.Where(mode => mode.Length > 0).ToArray();
        Assert.True(won is ["exclusive"] || won.All(mode => mode == "shared"), string.Join(' ', won));
        Assert.NotEmpty(won);
        Assert.Equal(won.Length, (await user.Environments.GetScheduleAsync(root.Id, Day, Day.AddDays(1))).Entries.Count);
    }

    [Fact]
    public async Task An_environment_goes_to_another_tree_with_its_bookings_and_is_found_there()
    {
        await using var backend = await Backend.StartAsync();
        var (owner, user) = (Owner(backend), User(backend, "uma"));
        var staging = await owner.Environments.RegisterAsync(Staging);
        var qa = await owner.Environments.RegisterAsync(Staging with { Name = "QA", Parent = staging.Id });
        var db = await owner.Environments.RegisterAsync(Staging with { Name = "QA database", Parent = qa.Id });
        var lab = await owner.Environments.RegisterAsync(Staging with { Name = "Lab" });
        var booking = await user.Bookings.BookAsync(new BookRequest(db.Id, "exclusive", Day, Day.AddHours(1)));

        var body = new StringContent($$"""{"parent":"{{lab.Id}}"}""", Encoding.UTF8, "application/json");
        var moved = await backend.SendAsync(HttpMethod.Post, $"/v1/environments/{qa.Id}/move", body, ("Planning-Actor", OwnerActor), ("Prefer", "wait=30"));

        Assert.Equal(HttpStatusCode.OK, moved.Status);
        Assert.Equal((lab.Tree, lab.Id), (moved.Json.GetProperty("tree").GetString(), moved.Json.GetProperty("parent").GetString()));
        Assert.Equal((lab.Tree, qa.Id), ((await user.Environments.GetAsync(db.Id)).Tree, (await user.Environments.GetAsync(db.Id)).Parent));
        var refused = await Assert.ThrowsAsync<PlanningApiException>(() => user.Bookings.BookAsync(new BookRequest(lab.Id, "exclusive", Day, Day.AddHours(1))));
        Assert.Equal(booking.Id, refused.Errors[0].Source);
        Assert.Equal(Day.AddHours(3), (await user.Bookings.MoveAsync(booking.Id, Day.AddHours(3), Day.AddHours(4))).From);
        await user.Bookings.BookAsync(new BookRequest(staging.Id, "exclusive", Day.AddHours(3), Day.AddHours(4)));
        Assert.Equal([db.Id, lab.Id, qa.Id], (await owner.Environments.ListAsync(tree: lab.Tree)).Items.Select(e => e.Id).OrderBy(id => id == qa.Id ? 2 : id == lab.Id ? 1 : 0));

        // Back home the schedules clash, so it stays, and says why.
        var back = await backend.SendAsync(
            HttpMethod.Post, $"/v1/environments/{qa.Id}/move", new StringContent($$"""{"parent":"{{staging.Id}}"}""", Encoding.UTF8, "application/json"),
            ("Planning-Actor", OwnerActor), ("Prefer", "wait=30"));
        Assert.Equal(lab.Tree, back.Json.GetProperty("tree").GetString());
        Assert.Contains("taken twice", back.Json.GetProperty("move_refused").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_belongs_to_other_groups_is_neither_seen_nor_used()
    {
        await using var backend = await Backend.StartAsync();
        var owner = Owner(backend);
        var staging = await owner.Environments.RegisterAsync(Staging);
        var booking = await owner.Bookings.BookAsync(new BookRequest(staging.Id, "exclusive", Day, Day.AddHours(1)));
        var stranger = backend.As("sam;roles=planner,release_manager;groups=strangers");

        Assert.Equal("environment_not_found", await CodeAsync(() => stranger.Environments.GetAsync(staging.Id)));
        Assert.Equal("environment_not_found", await CodeAsync(() => stranger.Environments.GetScheduleAsync(staging.Id)));
        Assert.Equal("environment_not_found", await CodeAsync(() => stranger.Environments.FindFreeWindowAsync(staging.Id, TimeSpan.FromHours(1))));
        Assert.Equal("environment_of_another_group", await CodeAsync(() => stranger.Bookings.BookAsync(new BookRequest(staging.Id, "shared", Day.AddDays(1), Day.AddDays(2)))));
        Assert.Equal("environment_of_another_group", await CodeAsync(() => stranger.Environments.RetireAsync(staging.Id, "mine now")));
        Assert.Equal("parent_unknown", await CodeAsync(() => stranger.Environments.RegisterAsync(Staging with { OwnerGroup = "strangers", Parent = staging.Id })));
        Assert.Equal("booking_not_found", await CodeAsync(() => stranger.Bookings.GetAsync(booking.Id, owner.LastPosition)));
        Assert.Empty((await stranger.Environments.ListAsync(minPosition: owner.LastPosition)).Items);
        Assert.Empty((await stranger.Bookings.ListAsync(minPosition: owner.LastPosition)).Items);
        Assert.Empty((await stranger.Events.ListAsync()).Events);
        Assert.Equal(["ENVIRONMENT_REGISTERED", "BOOKING_MADE"], (await backend.As("ann;roles=auditor").Events.ListAsync()).Events.Select(e => e.Event.Type));
        Assert.Equal("environment_owner_required", await CodeAsync(() => User(backend, "uma", "release_manager").Environments.RetireAsync(staging.Id, "mine now")));
    }

    [Fact]
    public async Task A_keys_groups_are_its_holders()
    {
        await using var backend = await Backend.StartAsync();
        var staging = await Owner(backend).Environments.RegisterAsync(Staging);
        var key = await backend.As("root").ApiKeys.CreateAsync(new CreateApiKeyRequest("uma", "person", ["planner"], Groups: ["payments", "payments"]));

        Assert.Equal(["payments"], key.Key.Groups!);
        Assert.Equal("Staging", (await backend.WithKey(key.Token).Environments.GetAsync(staging.Id)).Name);
    }

    [Theory]
    [InlineData("""{"name":"Q","owner_group":"plat form","zone":"Etc/UTC"}""", "invalid_value", "'plat form' is no group")]
    [InlineData("""{"name":"Q","owner_group":"platform","zone":"Etc/UTC","user_groups":["-x"]}""", "invalid_value", "'-x' is no group")]
    [InlineData("""{"name":"Q","owner_group":"platform","zone":"Etc/UTC","user_groups":[null]}""", "invalid_value", "'user_groups.0' must be a string.")]
    [InlineData("""{"name":"Q","owner_group":"platform","zone":"Moon/Base"}""", "zone_unknown", "Moon/Base")]
    [InlineData("""{"name":"Q","owner_group":"platform","zone":"Etc/UTC","maintenance_windows":[{"day":"caturday","start":"02:00:00","minutes":60}]}""", "invalid_value", "no day 'caturday'; there are sunday")]
    [InlineData("""{"name":"Q","owner_group":"platform","zone":"Etc/UTC","maintenance_windows":[{"day":"sunday","start":"25:00","minutes":60}]}""", "invalid_value", "a time of day such as")]
    [InlineData("""{"name":"Q","owner_group":"platform","zone":"Etc/UTC","parent":"env_none"}""", "parent_unknown", "env_none")]
    [InlineData("""{"name":"Q","owner_group":"platform","zone":"Etc/UTC","parent":"../x"}""", "parent_unknown", "../x")]
    public async Task An_environment_that_cannot_be_is_refused_in_a_sentence(string body, string code, string words)
    {
        await using var backend = await Backend.StartAsync();

        var refused = await backend.SendAsync(HttpMethod.Post, "/v1/environments", new StringContent(body, Encoding.UTF8, "application/json"), ("Planning-Actor", OwnerActor));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (refused.Status, refused.Json.GetProperty("code").GetString()));
        Assert.Contains(words, refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_booking_that_cannot_be_is_refused_in_a_sentence()
    {
        await using var backend = await Backend.StartAsync();
        var user = User(backend, "uma");
        var staging = await Owner(backend).Environments.RegisterAsync(Staging);
        var good = new BookRequest(staging.Id, "exclusive", Day, Day.AddHours(1));

        Assert.Equal("window_invalid", await CodeAsync(() => user.Bookings.BookAsync(good with { To = Day.AddHours(-1) })));
        Assert.Equal("window_past", await CodeAsync(() => user.Bookings.BookAsync(good with { From = Day.AddYears(-2), To = Day.AddYears(-2).AddHours(1) })));
        Assert.Equal("invalid_value", await CodeAsync(() => user.Bookings.BookAsync(good with { Mode = "greedy" })));
        Assert.Equal("plan_unknown", await CodeAsync(() => user.Bookings.BookAsync(good with { PlanId = "pln_none" })));
        Assert.Equal("environment_not_found", await CodeAsync(() => user.Bookings.BookAsync(good with { EnvironmentId = "env_none" })));
        Assert.Equal("environment_not_found", await CodeAsync(() => user.Bookings.BookAsync(good with { EnvironmentId = "nonsense" })));
        Assert.Equal("booking_not_found", await CodeAsync(() => user.Bookings.CancelAsync("bkg_none")));
        Assert.Equal("range_invalid", await CodeAsync(() => user.Environments.GetScheduleAsync(staging.Id, Day, Day.AddYears(10))));
        Assert.Equal("minutes_invalid", await CodeAsync(() => user.Environments.FindFreeWindowAsync(staging.Id, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("2027-01-31T10:00:00")]
    [InlineData("2027-01-31T10:00")]
    [InlineData("2027-01-31")]
    [InlineData("tomorrow")]
    public async Task A_time_that_does_not_say_its_offset_is_no_instant(string time)
    {
        await using var backend = await Backend.StartAsync();
        var body = $$"""{"environment_id":"env_1","mode":"shared","from":"{{time}}","to":"2027-02-01T10:00:00+01:00"}""";

        var booked = await backend.SendAsync(HttpMethod.Post, "/v1/bookings", new StringContent(body, Encoding.UTF8, "application/json"), ("Planning-Actor", OwnerActor));
        var listed = await backend.SendAsync(HttpMethod.Get, $"/v1/bookings?from={time}", null, ("Planning-Actor", OwnerActor));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "'from' must be a time such as \"2027-01-31T10:00:00Z\", with Z or an offset at its end."), (booked.Status, booked.Json.GetProperty("detail").GetString()));
        Assert.Equal((HttpStatusCode.BadRequest, "parameter_invalid"), (listed.Status, listed.Json.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Cycles_and_compliance_count_on_beside_environments()
    {
        await using var backend = await Backend.StartAsync();
        var root = backend.As("root");
        await backend.NewPlanAsync();
        var cycle = (await root.Cycles.ListAsync()).Items.Single();
        var staging = await Owner(backend).Environments.RegisterAsync(Staging);
        await User(backend, "uma").Bookings.BookAsync(new BookRequest(staging.Id, "shared", Day, Day.AddHours(1)));
        var next = await root.Cycles.OpenAsync(new OpenCycleRequest("Two", new DateOnly(2026, 1, 15), new DateOnly(2026, 1, 28), Follows: cycle.Id));

        Assert.Equal("no_data", (await root.Cycles.GetKpisAsync(cycle.Id)).Kpis[0].Status);
        Assert.Single((await root.Compliance.ListAsync()).Items);
        await root.Cycles.CloseAsync(cycle.Id, new CloseCycleRequest(next.Id));
        Assert.Contains("One", await root.Cycles.GetDigestMarkdownAsync(cycle.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_that_is_missing_is_named()
    {
        await using var backend = await Backend.StartAsync();

        var refused = await backend.SendAsync(HttpMethod.Get, "/v1/environments/env_1/free-window", null, ("Planning-Actor", OwnerActor));

        Assert.Equal((HttpStatusCode.BadRequest, "This address needs the parameter minutes. Give it."), (refused.Status, refused.Json.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task A_repeated_command_is_answered_as_the_first_time()
    {
        await using var backend = await Backend.StartAsync();
        var user = User(backend, "uma");
        var staging = await Owner(backend).Environments.RegisterAsync(Staging);
        var booking = new BookRequest(staging.Id, "exclusive", Day, Day.AddHours(1));

        var first = await user.Bookings.BookAsync(booking, new CommandOptions { IdempotencyKey = "k1" });
        var again = await user.Bookings.BookAsync(booking, new CommandOptions { IdempotencyKey = "k1" });
        var cancelled = await user.Bookings.CancelAsync(first.Id, command: new CommandOptions { IdempotencyKey = "k2" });
        // The list shows it by then, as every list does for who has seen the position.
        await user.Bookings.ListAsync();
        var cancelledAgain = await user.Bookings.CancelAsync(first.Id, command: new CommandOptions { IdempotencyKey = "k2" });

        Assert.Equal(first, again);
        Assert.Equal(cancelled, cancelledAgain);
    }

    private const string OwnerActor = "olga;roles=release_manager,planner;groups=platform";

    private static readonly RegisterEnvironmentRequest Staging = new("Staging", "platform", "Europe/Berlin", UserGroups: ["payments"]);

    private static PlanningClient Owner(Backend backend) => backend.As(OwnerActor);

    private static PlanningClient User(Backend backend, string name, string role = "planner") => backend.As($"{name};roles={role};groups=payments");

    private static async Task<string?> CodeAsync(Func<Task> call) => (await Assert.ThrowsAsync<PlanningApiException>(call)).Code;
}
