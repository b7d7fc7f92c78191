using Planning.Conformance.Harness;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Engine.Reads;
using Planning.Postgres;
using Planning.Postgres.Reads;
using Xunit;
using Xunit.Abstractions;

namespace Planning.Conformance.Reads;

/// <summary>50,000 refreshes and bookings of two years, a tenth of the refreshes still open, 200 waiting for approval.</summary>
public sealed class FullCalendar : IAsyncLifetime
{
    public static readonly WorkspaceId Workspace = new("wsp_big");

    public MigratedDatabase Database { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Database = await MigratedDatabase.CreateAsync();
        await Database.ExecuteAsync(
            $"""
            insert into planning.environment_view (workspace, id, tree, name, owner_group, user_groups, zone, retired, created_position, created_at)
            select '{Workspace}', 'env_' || i, 'etr_' || i / 5, 'Environment ' || i, 'group_' || i % 10, array['users_' || i % 7], 'Etc/UTC', false, i, now() from generate_series(1, 200) i;
            insert into planning.refresh_view (workspace, id, environment, type, level, status, starts_at, ends_at, requested_by, reason, notify_groups, requested_at, created_position, created_at, updated_at)
            select '{Workspace}', 'rfr_' || i, 'env_' || 1 + i % 200, 'reset', 'low',
                case when i % 125 = 0 then 'REQUESTED' when i % 10 = 0 then 'SCHEDULED' when i % 10 = 1 then 'CANCELLED' else 'COMPLETED' end,
                '2026-01-01Z'::timestamptz + i * interval '42 minutes', '2026-01-01Z'::timestamptz + i * interval '42 minutes' + interval '2 hours', 'per_' || i % 50, 'why', array['told'], now(),
                200 + i, now(), now()
            from generate_series(1, 25000) i;
            insert into planning.booking_view (workspace, id, environment, mode, starts_at, ends_at, booked_by, cancelled, created_position, created_at)
            select '{Workspace}', 'bkg_' || i, 'env_' || 1 + i % 200, 'shared',
                '2026-01-01Z'::timestamptz + i * interval '42 minutes', '2026-01-01Z'::timestamptz + i * interval '42 minutes' + interval '3 hours', 'per_' || i % 50, i % 10 = 0, 30000 + i, now()
            from generate_series(1, 25000) i;
            insert into planning.refresh_history (workspace, refresh, number, environment, type, outcome, started_at, ended_at, ended_by, created_position)
            select '{Workspace}', 'rfr_' || i, 1, 'env_' || 1 + i % 200, 'reset', 'completed', '2026-01-01Z'::timestamptz + i * interval '42 minutes',
                '2026-01-01Z'::timestamptz + i * interval '42 minutes' + interval '2 hours', 'per_1', 60000 + i
            from generate_series(1, 25000) i;
            """);
        await Database.ExecuteAsync("vacuum analyze planning.environment_view, planning.refresh_view, planning.booking_view, planning.refresh_history");
    }

    public Task DisposeAsync() => Database.DisposeAsync().AsTask();
}

/// <summary>The indexes of the calendar and its kin are used by the queries that they are for: asked as the request role, under row-level security.</summary>
public sealed class CalendarPlanTests(FullCalendar calendar, ITestOutputHelper output) : IClassFixture<FullCalendar>
{
    private static readonly DateTimeOffset Start = new(2027, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly CalendarFilter Month = new(new TimeWindow(Start, Start.AddMonths(1)));
    private static readonly PageRequest FirstPage = new(null, 50);
    private static readonly Viewer Admin = new(FullCalendar.Workspace, new PersonId("per_admin"), [], SeesAll: true);
    private static readonly Viewer Member = new(FullCalendar.Workspace, new PersonId("per_3"), ["group_4"], SeesAll: false);

    public static TheoryData<string> Filters => ["none", "environment", "group", "status", "later page"];

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_month_is_read_by_the_calendar_indexes(string name)
    {
        var (filter, after) = name switch
        {
            "environment" => (Month with { EnvironmentId = new EnvironmentId("env_7") }, null),
            "group" => (Month with { Group = "group_4" }, null),
            "status" => (Month with { Status = RefreshStatus.Scheduled }, null),
            "later page" => (Month, (CalendarPlace?)new CalendarPlace(Start.AddDays(10), "bkg_7")),
            _ => (Month, null),
        };
        foreach (var viewer in new[] { Admin, Member })
        {
            var query = CalendarQuery.OfEntries(viewer, filter, after, 51);

            var plan = await ExplainAsync(viewer, query.Statement(CalendarQuery.CalendarSql), query.Values);

            // Of few environments there is so little that their own indexes serve as well.
            var few = filter.EnvironmentId is not null || filter.Group is not null;
            Assert.True(few || plan.Contains("refresh_view_calendar", StringComparison.Ordinal), plan);
            Assert.DoesNotContain("Seq Scan on refresh_view", plan, StringComparison.Ordinal);
            // Who asks for a status asks for no bookings: their half is ruled out, never executed.
            Assert.True(filter.Status is not null || !plan.Contains("Seq Scan on booking_view", StringComparison.Ordinal), plan);
            Assert.True(filter.Status is not null || few || plan.Contains("booking_view_calendar", StringComparison.Ordinal), plan);
        }
    }

    [Fact]
    public async Task What_waits_for_approval_is_listed_by_its_own_index()
    {
        foreach (var viewer in new[] { Admin, Member })
        {
            var query = RefreshQueries.For(viewer, new RefreshFilter(Status: RefreshStatus.Requested), FirstPage);

            var plan = await ExplainAsync(viewer, query.Statement(PostgresReadModels.RefreshesSql), query.Values);

            Assert.Contains("refresh_view_pending_approval", plan, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_recent_history_of_an_environment_is_read_by_its_own_index()
    {
        foreach (var viewer in new[] { Admin, Member })
        {
            var query = RefreshQueries.For(viewer, new RefreshRunFilter(EnvironmentId: new EnvironmentId("env_4")), FirstPage);

            var plan = await ExplainAsync(viewer, query.Statement(PostgresReadModels.RefreshRunsSql), query.Values);

            Assert.Contains("refresh_history_recent", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_of_a_month_has_what_a_scan_of_everything_finds()
    {
        var reads = new PostgresReadModels(calendar.Database.Pools);

        var slice = await reads.ReadCalendarAsync(Admin, Month, after: null, 10_000, default);

        var expected = await calendar.Database.ExecuteAsync(
            """
            select (select count(*) from planning.booking_view where not cancelled and starts_at < '2027-04-01Z' and ends_at > '2027-03-01Z')
                + (select count(*) from planning.refresh_view where status in ('REQUESTED', 'SCHEDULED') and starts_at < '2027-04-01Z' and ends_at > '2027-03-01Z')
            """);
        Assert.Equal(expected, (long)slice.Entries.Length);
        Assert.True(slice.Entries.Length > 500);
    }

    private async Task<string> ExplainAsync(Viewer viewer, string sql, object[] values)
    {
        await using var request = await RequestBatch.OpenForAsync(calendar.Database.Pools, viewer, default);
        await using var reader = await request.ReadAsync("explain (analyze, buffers) " + sql, default, values);
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        var plan = string.Join('\n', lines);
        output.WriteLine(plan);
        return plan;
    }
}
