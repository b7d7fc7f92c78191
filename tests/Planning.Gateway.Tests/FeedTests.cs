using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Planning.Client;
using Planning.Contracts;
using Planning.Engine.Audit;
using Planning.Engine.People;
using Planning.Domain;
using Planning.Engine.Reads;
using Planning.Gateway.Identity;
using Planning.Gateway.Tests.Support;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>Calendar feeds: whoever knows the address sees what its person's groups saw, until it is revoked.</summary>
public sealed class FeedTests
{
    private static readonly DateTimeOffset Day = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(30), TimeSpan.Zero);

    [Fact]
    public async Task A_feed_shows_what_the_person_s_groups_see_and_is_fetched_without_a_key()
    {
        await using var world = await WorldAsync();
        var made = await world.Uma.Calendar.CreateFeedAsync(new CreateFeedRequest("Europe/Berlin"));

        var feed = await FetchAsync(world.Backend, made.Path);

        Assert.Equal((HttpStatusCode.OK, "text/calendar"), (feed.Status, feed.ContentType));
        Assert.Contains("private", feed.Headers["Cache-Control"], StringComparison.Ordinal);
        Assert.Contains("Staging booked: tests", feed.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", feed.Body, StringComparison.Ordinal);
        Assert.Equal(made.Feed.Id, Assert.Single((await world.Uma.Calendar.ListFeedsAsync()).Items).Id);
        Assert.Equal(["payments"], made.Feed.Groups);
        // A feed of an admin shows what the admin's groups see, and not everything.
        var admins = await world.Root.Calendar.CreateFeedAsync(new CreateFeedRequest("Etc/UTC"));
        Assert.DoesNotContain("booked", (await FetchAsync(world.Backend, admins.Path)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        await using var world = await WorldAsync();
        var made = await world.Uma.Calendar.CreateFeedAsync(new CreateFeedRequest("Europe/Berlin"));
        var etag = (await FetchAsync(world.Backend, made.Path)).Headers["ETag"];

        var same = await FetchAsync(world.Backend, made.Path, ("If-None-Match", etag));
        await world.Olga.Bookings.BookAsync(new BookRequest(world.Staging, "exclusive", Day.AddDays(1), Day.AddDays(2), Purpose: "more"));
        await world.Olga.Calendar.ReadAsync(new CalendarQuery(Day, Day.AddDays(9)), world.Olga.LastPosition);
        var other = await FetchAsync(world.Backend, made.Path, ("If-None-Match", etag));

        Assert.Equal((HttpStatusCode.NotModified, ""), (same.Status, same.Body));
        Assert.Equal(HttpStatusCode.OK, other.Status);
        Assert.Contains("booked: more", other.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_feed_answers_as_one_that_never_was()
    {
        await using var world = await WorldAsync();
        var made = await world.Uma.Calendar.CreateFeedAsync(new CreateFeedRequest("Europe/Berlin"));
        Assert.Equal("feed_not_found", (await Assert.ThrowsAsync<PlanningApiException>(() => world.Olga.Calendar.RevokeFeedAsync(made.Feed.Id))).Code);
        Assert.Equal(HttpStatusCode.OK, (await FetchAsync(world.Backend, made.Path)).Status);

        await world.Uma.Calendar.RevokeFeedAsync(made.Feed.Id);

        var (revoked, unknown) = (await FetchAsync(world.Backend, made.Path), await FetchAsync(world.Backend, $"/v1/calendar/feeds/{new string('0', 64)}.ics"));
        Assert.Equal(revoked.MustBe(404, "feed_not_found") with { TraceId = null, Errors = [] }, unknown.MustBe(404, "feed_not_found") with { TraceId = null, Errors = [] });
        Assert.Empty((await world.Uma.Calendar.ListFeedsAsync()).Items);
        Assert.Equal("feed_not_found", (await Assert.ThrowsAsync<PlanningApiException>(() => world.Uma.Calendar.RevokeFeedAsync(made.Feed.Id))).Code);
    }

    [Fact]
    public async Task A_feed_works_as_long_as_its_person_has_a_key_that_does()
    {
        await using var world = await WorldAsync();
        var made = await world.Uma.Calendar.CreateFeedAsync(new CreateFeedRequest("Europe/Berlin"));

        await world.Root.ApiKeys.RevokeAsync(world.UmasKey);
        (await FetchAsync(world.Backend, made.Path)).MustBe(404, "feed_not_found");
        await world.Backend.Services.GetRequiredService<IDirectory>().AddApiKeyAsync(Issue("uma", [Role.Planner], "payments").Key, default);

        Assert.Equal(HttpStatusCode.OK, (await FetchAsync(world.Backend, made.Path)).Status);
    }

    [Fact]
    public async Task Making_and_revoking_are_in_the_audit_and_the_secret_is_nowhere()
    {
        await using var world = await WorldAsync();
        var made = await world.Uma.Calendar.CreateFeedAsync(new CreateFeedRequest("Europe/Berlin"));
        await world.Uma.Calendar.RevokeFeedAsync(made.Feed.Id);
        var secret = made.Path.Split('/')[^1][..^".ics".Length];
        await FetchAsync(world.Backend, made.Path);

        var rows = (await world.Backend.Services.GetRequiredService<ISecurityAudit>().ListAsync(
            new WorkspaceId("default"), new AuditFilter(EventType: "CALENDAR_FEED_CHANGE"), new PageRequest(null, 50), default)).Items;

        Assert.Equal(["CREATE ATTEMPTED", "CREATE SUCCESS", "REVOKE ATTEMPTED", "REVOKE SUCCESS"], rows.Reverse().Select(r => $"{r.Action} {r.Outcome}"));
        Assert.Equal(made.Feed.Id, rows[0].ResourceId);
        Assert.True(secret.Length >= 32);
        Assert.DoesNotContain(rows, r => r.ToString().Contains(secret, StringComparison.Ordinal) || r.Details.Values.Any(v => v.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Logs_have_the_route_in_place_of_a_feed_s_address()
    {
        var lines = new Lines();
        await using var backend = await Backend.StartAsync(
            pump: false, also: services => services.AddLogging(logging => logging.AddProvider(lines).SetMinimumLevel(LogLevel.Debug).AddFilter("Microsoft", LogLevel.Warning)));
        var secret = new string('7', 64);

        await FetchAsync(backend, $"/v1/calendar/feeds/{secret}.ics");
        await FetchAsync(backend, "/v1/nothing");

        Assert.Contains(lines.All, line => line.Contains("/v1/nothing", StringComparison.Ordinal));
        Assert.Contains(lines.All, line => line.Contains("/v1/calendar/feeds/{secret}.ics answered 404", StringComparison.Ordinal));
        Assert.DoesNotContain(lines.All, line => line.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_makes_no_feed_is_refused()
    {
        await using var world = await WorldAsync();
        Task<string?> CodeAsync(CreateFeedRequest feed) => RefusedAsync(() => world.Uma.Calendar.CreateFeedAsync(feed));

        Assert.Equal("zone_unknown", await CodeAsync(new CreateFeedRequest("Mars/Olympus")));
        Assert.Equal("environment_not_found", await CodeAsync(new CreateFeedRequest("Etc/UTC", "env_none")));
        for (var i = 0; i < 20; i++)
            await world.Uma.Calendar.CreateFeedAsync(new CreateFeedRequest("Etc/UTC", world.Staging));
        Assert.Equal("feeds_too_many", await CodeAsync(new CreateFeedRequest("Etc/UTC")));
    }

    [Fact]
    public async Task Who_fetches_too_often_has_to_wait()
    {
        await using var backend = await Backend.StartAsync(new GatewayOptions { KeyCacheTime = TimeSpan.Zero, RateLimits = new RateLimits { Feeds = 1 } }, pump: false);
        var path = $"/v1/calendar/feeds/{new string('0', 64)}.ics";

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => FetchAsync(backend, path)));

        Assert.Contains(answers, a => a.Status == HttpStatusCode.TooManyRequests);
        Assert.Contains(answers, a => a.Status == HttpStatusCode.NotFound);
    }

    private static Task<Reply> FetchAsync(Backend backend, string path, params (string Name, string Value)[] headers) => backend.SendAsync(HttpMethod.Get, path, null, headers);

    private static async Task<string?> RefusedAsync(Func<Task> call) => (await Assert.ThrowsAsync<PlanningApiException>(call)).Code;

    private static (ApiKey Key, ApiKeyToken Token) Issue(string holder, IReadOnlyList<Role> roles, params string[] groups)
    {
        var (key, token) = ApiKeyToken.Issue(new WorkspaceId("default"), new PersonId(holder), ActorKind.Person, roles, TimeProvider.System.GetUtcNow());
        return (key with { Groups = groups }, token);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }

    private sealed record World(Backend Backend, PlanningClient Olga, PlanningClient Uma, PlanningClient Root, string UmasKey, string Staging) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Backend.DisposeAsync();
    }

    /// <summary>Two environments of Olga's with a booking each; Uma uses one of them.</summary>
    private static async Task<World> WorldAsync()
    {
        var backend = await Backend.StartAsync();
        var directory = backend.Services.GetRequiredService<IDirectory>();
        async Task<PlanningClient> Key((ApiKey Key, ApiKeyToken Token) issued)
        {
            await directory.AddApiKeyAsync(issued.Key, default);
            return backend.WithKey(issued.Token.ToString());
        }
        var umas = Issue("uma", [Role.Planner], "payments");
        var (olga, uma, root) = (await Key(Issue("olga", [Role.Planner, Role.ReleaseManager], "platform")), await Key(umas), await Key(Issue("root", [Role.Admin], "admins")));
        var staging = await olga.Environments.RegisterAsync(new RegisterEnvironmentRequest("Staging", "platform", "Europe/Berlin", UserGroups: ["payments"]));
        var lab = await olga.Environments.RegisterAsync(new RegisterEnvironmentRequest("Lab", "platform", "Europe/Berlin"));
        await olga.Bookings.BookAsync(new BookRequest(staging.Id, "exclusive", Day, Day.AddHours(2), Purpose: "tests"));
        await olga.Bookings.BookAsync(new BookRequest(lab.Id, "exclusive", Day, Day.AddHours(2), Purpose: "hidden"));
        await olga.Calendar.ReadAsync(new CalendarQuery(Day, Day.AddDays(9)), olga.LastPosition);
        return new World(backend, olga, uma, root, umas.Key.KeyId, staging.Id);
    }
}
