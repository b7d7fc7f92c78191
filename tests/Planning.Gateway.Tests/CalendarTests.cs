using Microsoft.Extensions.DependencyInjection;
using Planning.Client;
using Planning.Contracts;
using Planning.Engine.Reads;
using Planning.Gateway.Tests.Support;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>The calendar over HTTP: pages, what is refused, and that a kept page is never out of date.</summary>
public sealed class CalendarTests
{
    private static readonly DateTimeOffset Day = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(30), TimeSpan.Zero);
    private static readonly CalendarQuery Month = new(Day, Day.AddDays(30));

    [Fact]
    public async Task A_read_that_names_a_command_s_position_sees_its_effect_whatever_was_kept()
    {
        await using var backend = await Backend.StartAsync();
        var (owner, staging) = await RegisteredAsync(backend);
        var user = backend.As("uma;roles=planner;groups=payments");
        var booking = await user.Bookings.BookAsync(new BookRequest(staging.Id, "exclusive", Day, Day.AddHours(2), Purpose: "tests"));
        Assert.Equal(["tests"], await TextsAsync(user, owner, Month));

        await user.Bookings.MoveAsync(booking.Id, Day.AddDays(40), Day.AddDays(40).AddHours(1));
        Assert.Empty(await TextsAsync(user, user, Month));
        await user.Bookings.MoveAsync(booking.Id, Day.AddDays(1), Day.AddDays(1).AddHours(1));
        Assert.Equal(["tests"], await TextsAsync(user, user, Month));
        // Another reader, who kept a page of their own, sees it as well.
        Assert.Equal(["tests"], await TextsAsync(owner, user, Month));
        await user.Bookings.CancelAsync(booking.Id);
        Assert.Empty(await TextsAsync(owner, user, Month));
        var refresh = await user.Refreshes.DraftAsync(new DraftRefreshRequest(staging.Id, "reset", Day, Day.AddHours(1), "why"));
        Assert.Equal(["why"], await TextsAsync(owner, user, Month));
        await user.Refreshes.CancelAsync(refresh.Id, "no");
        Assert.Empty(await TextsAsync(owner, user, Month));
    }

    [Fact]
    public async Task A_page_that_still_holds_is_not_read_again()
    {
        var counting = new CountingReads();
        await using var backend = await Backend.StartAsync(also: services => services.AddSingleton(counting.Over((IReadModels)services.Last(s => s.ServiceType == typeof(IReadModels)).ImplementationInstance!)));
        var (owner, staging) = await RegisteredAsync(backend);
        await owner.Bookings.BookAsync(new BookRequest(staging.Id, "exclusive", Day, Day.AddHours(2)));

        for (var i = 0; i < 5; i++)
            await owner.Calendar.ReadAsync(Month, owner.LastPosition);
        Assert.Equal(1, counting.Reads);
        await owner.Calendar.ReadAsync(Month with { Limit = 7 }, owner.LastPosition);
        await owner.Calendar.ReadAsync(Month with { Kind = "booking" }, owner.LastPosition);
        await backend.As("eve;groups=others").Calendar.ReadAsync(Month);
        Assert.Equal(4, counting.Reads);
        await owner.Bookings.BookAsync(new BookRequest(staging.Id, "exclusive", Day.AddDays(90), Day.AddDays(91)));
        await owner.Calendar.ReadAsync(Month, owner.LastPosition);
        Assert.Equal(5, counting.Reads);
    }

    [Fact]
    public async Task Pages_follow_on_one_another_with_windows_among_the_bookings()
    {
        await using var backend = await Backend.StartAsync();
        var (owner, staging) = await RegisteredAsync(backend, new MaintenanceWindow("sunday", new TimeOnly(2, 0), 60));
        for (var i = 0; i < 5; i++)
            await owner.Bookings.BookAsync(new BookRequest(staging.Id, "exclusive", Day.AddDays(5 * i), Day.AddDays(5 * i).AddHours(2), Purpose: $"b{i}"));
        var whole = (await owner.Calendar.ReadAsync(Month with { Limit = 200 }, owner.LastPosition)).Items;
        Assert.Equal(["b0", "b1", "b2", "b3", "b4"], whole.Where(i => i.Kind == "booking").Select(i => i.Text!));
        Assert.InRange(whole.Count(i => i.Kind == "maintenance"), 4, 5);
        Assert.Equal(whole.Select(i => i.From).Order(), whole.Select(i => i.From));

        var seen = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = await owner.Calendar.ReadAsync(Month with { Limit = 3, Cursor = cursor });
            seen.AddRange(page.Items.Select(i => i.Id));
            if ((cursor = page.NextCursor) is null)
                break;
        }

        Assert.Equal(whole.Select(i => i.Id), seen);
        var first = await owner.Calendar.ReadAsync(Month with { Limit = 3 });
        Assert.Equal("cursor_invalid", await CodeAsync(() => owner.Calendar.ReadAsync(Month with { Limit = 3, Kind = "booking", Cursor = first.NextCursor })));
    }

    [Theory]
    [InlineData("from=2027-01-01T00:00:00Z&to=2037-01-01T00:00:00Z", 422, "calendar_range_too_long", "A calendar shows at most 366 days at once; from 2027-01-01 to 2037-01-01 are 3653.")]
    [InlineData("from=2027-01-02T00:00:00Z&to=2027-01-01T00:00:00Z", 422, "range_invalid", "'to' is")]
    [InlineData("from=2027-01-01T00:00:00Z", 400, "parameter_missing", "to")]
    [InlineData("from=2027-01-01&to=2027-02-01T00:00:00Z", 400, "parameter_invalid", "from")]
    [InlineData("from=2027-01-01T00:00:00Z&to=2027-02-01T00:00:00Z&kind=party", 422, "filter_invalid", "There is no kind 'party'; there are booking, refresh, freeze, maintenance.")]
    [InlineData("from=2027-01-01T00:00:00Z&to=2027-02-01T00:00:00Z&status=COMPLETED", 422, "filter_invalid", "GET /v1/refreshes lists the others")]
    [InlineData("from=2027-01-01T00:00:00Z&to=2027-02-01T00:00:00Z&group=a%20b", 422, "filter_invalid", "'a b' is no group")]
    [InlineData("from=2027-01-01T00:00:00Z&to=2027-02-01T00:00:00Z&limit=201", 422, "limit_invalid", "1 to 200")]
    [InlineData("from=2027-01-01T00:00:00Z&to=2027-02-01T00:00:00Z&cursor=abc", 400, "cursor_invalid", "Start again without one")]
    [InlineData("from=2027-01-01T00:00:00Z&to=2027-02-01T00:00:00Z&colour=red", 400, "parameter_unknown", "colour")]
    public async Task What_cannot_be_shown_is_refused_in_a_sentence_of_its_own(string query, int status, string code, string words)
    {
        await using var backend = await Backend.StartAsync(pump: false);

        var refused = await backend.SendAsync(HttpMethod.Get, $"/v1/calendar?{query}");

        Assert.Contains(words, refused.MustBe(status, code).Detail, StringComparison.Ordinal);
    }

    private static async Task<(PlanningClient Owner, EnvironmentView Staging)> RegisteredAsync(Backend backend, params MaintenanceWindow[] windows)
    {
        var owner = backend.As("olga;roles=release_manager;groups=platform");
        return (owner, await owner.Environments.RegisterAsync(new RegisterEnvironmentRequest("Staging", "platform", "Europe/Berlin", UserGroups: ["payments"], MaintenanceWindows: windows)));
    }

    private static async Task<IEnumerable<string?>> TextsAsync(PlanningClient reader, PlanningClient writer, CalendarQuery query) =>
        (await reader.Calendar.ReadAsync(query, writer.LastPosition)).Items.Select(i => i.Text);

    private static async Task<string?> CodeAsync(Func<Task> call) => (await Assert.ThrowsAsync<PlanningApiException>(call)).Code;

    /// <summary>Counts how often the tables are read behind the cache.</summary>
    private sealed class CountingReads
    {
        public int Reads;

        public IReadModels Over(IReadModels inner)
        {
            var proxy = System.Reflection.DispatchProxy.Create<IReadModels, Proxy>();
            ((Proxy)proxy).Set(inner, this);
            return proxy;
        }

        public class Proxy : System.Reflection.DispatchProxy
        {
            private IReadModels inner = null!;
            private CountingReads counts = null!;

            internal void Set(IReadModels to, CountingReads by) => (inner, counts) = (to, by);

            protected override object? Invoke(System.Reflection.MethodInfo? targetMethod, object?[]? args)
            {
                if (targetMethod!.Name == nameof(IReadModels.ReadCalendarAsync))
                    Interlocked.Increment(ref counts.Reads);
                return targetMethod.Invoke(inner, args);
            }
        }
    }
}
