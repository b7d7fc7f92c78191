using Npgsql;
using Planning.Benchmarks.Harness;
using Planning.Benchmarks.Http;
using Planning.Cli.Serve;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Engine.Reads;
using Planning.Postgres;
using Planning.Postgres.Reads;

namespace Planning.Benchmarks.Reads;

/// <summary>
/// A page of a month with 50,000 refreshes and bookings of two years in the database, as members of two of ten groups see it, under
/// row-level security: as it is read, as a kept page costs, which is the look at the calendar's mark, and both over HTTP, as a caller
/// sees them, client and server in one process on the same cores.
/// </summary>
internal static class CalendarBenchmarks
{
    private const int Callers = 2;
    private const int EachKind = 25_000;
    private const int PageSize = 50;
    private const int Months = 24;
    private const int Kept = 4;

    private static readonly WorkspaceId Workspace = new("bench");
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new("calendar.month.uncached", run => RunAsync(run, ReadAsync)),
        new("calendar.month.cached", run => RunAsync(run, (reads, _) => MarkAsync(reads)), "calendar.month.uncached"),
        new("calendar.http.uncached", run => ServeAsync(run, number => Month(number % (Months - 1), minutes: number))),
        new("calendar.http.cached", run => ServeAsync(run, number => Month(number % Kept, minutes: 0)), "calendar.http.uncached"),
    ];

    private static async Task<Measured> RunAsync(BenchmarkRun run, Func<PostgresReadModels, int, Task> look)
    {
        await FillAsync(run.ConnectionString);
        await using var database = new PlanningDatabase(new DatabaseOptions { ConnectionString = run.ConnectionString });
        var reads = new PostgresReadModels(database);
        var next = 0;
        return await ClosedLoop.RunAsync(Callers, run.Seconds, _ => look(reads, Interlocked.Increment(ref next)));
    }

    private static async Task<Measured> ServeAsync(BenchmarkRun run, Func<int, string> path)
    {
        await using var server = await PlanningServer.StartAsync(
            new ServeSettings { Url = "http://127.0.0.1:0", Database = run.ConnectionString, LogLevel = "Error", Gateway = new() { LocalWorkspace = Workspace.Value } },
            CancellationToken.None);
        await FillAsync(run.ConnectionString);
        using var http = HttpBenchmarks.Http();
        http.BaseAddress = new Uri(server.Url);
        var next = 0;
        return await ClosedLoop.RunAsync(Callers, run.Seconds, async _ =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path(Interlocked.Increment(ref next)));
            request.Headers.Add("Planning-Actor", "per_7;roles=planner;groups=group_3,users_5");
            using var answer = await http.SendAsync(request);
            answer.EnsureSuccessStatusCode();
            if ((await answer.Content.ReadAsByteArrayAsync()).Length < 5_000)
                throw new InvalidOperationException($"{request.RequestUri} has too little in it.");
        });
    }

    /// <summary>A month from some minutes after its beginning on: no two with other minutes are one page.</summary>
    private static string Month(int month, int minutes)
    {
        var from = Start.AddMonths(month).AddMinutes(minutes % 1_000);
        return $"/v1/calendar?from={from:yyyy-MM-ddTHH:mm:ssZ}&to={from.AddMonths(1):yyyy-MM-ddTHH:mm:ssZ}&limit={PageSize}";
    }

    private static async Task ReadAsync(PostgresReadModels reads, int number)
    {
        var from = Start.AddMonths(number % (Months - 1));
        var viewer = new Viewer(Workspace, new PersonId($"per_{number % 50}"), [$"group_{number % 10}", $"users_{number % 7}"], SeesAll: false);
        var filter = new CalendarFilter(new TimeWindow(from, from.AddMonths(1)));
        var slice = await reads.ReadCalendarAsync(viewer, filter, after: null, PageSize + 1, CancellationToken.None);
        await reads.ListMaintenanceAsync(viewer, filter, CancellationToken.None);
        if (slice.Entries.Length <= PageSize)
            throw new InvalidOperationException($"The month from {from:O} has {slice.Entries.Length} entries.");
    }

    private static async Task MarkAsync(PostgresReadModels reads)
    {
        if (await reads.CalendarMarkAsync(Workspace, CancellationToken.None) != 1)
            throw new InvalidOperationException("The mark is not the one that was written.");
    }

    private static async Task FillAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync();
        await using var fill = new NpgsqlCommand(
            $$"""
            set role planning_consumer;
            insert into planning.environment_view (workspace, id, tree, name, owner_group, user_groups, zone, retired, created_position, created_at, maintenance)
            select 'bench', 'env_' || i, 'etr_' || i / 5, 'Environment ' || i, 'group_' || i % 10, array['users_' || i % 7], 'Europe/Berlin', false, i, now(),
                '[{"day": "sunday", "start": "02:00:00", "minutes": 120}]'
            from generate_series(1, 200) i;
            insert into planning.refresh_view (workspace, id, environment, type, level, status, starts_at, ends_at, requested_by, reason, notify_groups, requested_at, created_position, created_at, updated_at)
            select 'bench', 'rfr_' || i, 'env_' || 1 + i % 200, 'reset', 'low', (array['REQUESTED', 'SCHEDULED', 'APPROVED', 'COMPLETED'])[1 + i % 4],
                '2026-01-01Z'::timestamptz + i * interval '42 minutes', '2026-01-01Z'::timestamptz + i * interval '42 minutes' + interval '2 hours', 'per_' || i % 50, 'why', '{}', now(), 200 + i, now(), now()
            from generate_series(1, {{EachKind}}) i;
            insert into planning.booking_view (workspace, id, environment, mode, starts_at, ends_at, booked_by, cancelled, created_position, created_at)
            select 'bench', 'bkg_' || i, 'env_' || 1 + i % 200, 'shared', '2026-01-01Z'::timestamptz + i * interval '42 minutes',
                '2026-01-01Z'::timestamptz + i * interval '42 minutes' + interval '3 hours', 'per_' || i % 50, i % 10 = 0, 30000 + i, now()
            from generate_series(1, {{EachKind}}) i;
            insert into planning.calendar_mark values ('bench', 1);
            reset role;
            analyze planning.environment_view, planning.refresh_view, planning.booking_view;
            """,
            connection);
        await fill.ExecuteNonQueryAsync();
    }
}
