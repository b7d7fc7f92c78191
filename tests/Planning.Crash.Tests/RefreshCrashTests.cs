using Npgsql;
using Planning.Client;
using Planning.Contracts;
using Planning.Crash.Tests.Support;
using Planning.CrashHost;
using Planning.Testing;
using Xunit.Abstractions;

namespace Planning.Crash.Tests;

/// <summary>
/// The server is killed between every two steps of a refresh's process: approved, slot kept, told, reminders, scheduled;
/// approved, slot refused, undone, cleared; cancelled, slot given back. However often, it comes to its end.
/// </summary>
[Collection(Crashes.Name)]
public sealed class RefreshCrashTests(StoppedServer stopped, ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly DateTimeOffset Day = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(30), TimeSpan.Zero);

    /// <summary>Passages on the way of an approval: after APPROVED, SLOT_RESERVED, SLOT_GRANTED; before the second of four reminders; after SCHEDULED.</summary>
    private static readonly int[] OnTheWay = [1, 2, 3, 5, 8];

    /// <summary>After APPROVED, SLOT_REFUSED, APPROVAL_UNDONE.</summary>
    private static readonly int[] OnTheWayBack = [1, 2, 3];

    private TemporaryDataFolder folder = null!;
    private HostProcess host = null!;
    private int keys;

    public async Task InitializeAsync()
    {
        folder = await stopped.CopyAsync();
        host = await HostProcess.StartAsync(folder.Path);
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        foreach (var line in host.Log.TakeLast(Scale.LogLinesShown))
            output.WriteLine($"    {line}");
        folder.Dispose();
    }

    [Fact]
    public async Task An_approval_that_is_killed_between_any_two_steps_is_completed_or_undone()
    {
        var staging = await As("olga").Environments.RegisterAsync(new RegisterEnvironmentRequest("Staging", "platform", "Etc/UTC"));

        var scheduled = new Queue<RefreshView>();
        for (var n = 0; n < OnTheWay.Length; n++)
        {
            var refresh = await DraftAsync(staging.Id, Day.AddDays(n));
            var approved = await KilledAsync(OnTheWay[n], (key, client) => client.Refreshes.ApproveAsync(refresh.Id, Everything(refresh), key));

            scheduled.Enqueue(approved);
            Assert.Equal("SCHEDULED", approved.Status);
            Assert.Equal(4, await RemindersAsync(refresh.Id));
            Assert.Equal(refresh.Id, (await ScheduleAsync(staging.Id, refresh)).Single().Id);
        }

        var inTheWay = await DraftAsync(staging.Id, Day);
        foreach (var passage in OnTheWayBack)
        {
            var refused = await Assert.ThrowsAsync<PlanningApiException>(() =>
                KilledAsync(passage, (key, client) => client.Refreshes.ApproveAsync(inTheWay.Id, Everything(inTheWay), key)));

            Assert.Equal("refresh_slot_refused", refused.Code);
            var undone = await As("uma").Refreshes.GetAsync(inTheWay.Id);
            Assert.Equal(("REQUESTED", null), (undone.Status, undone.Approval));
        }

        // Cancelled: before the slot is given back, and before the reminders are taken away.
        for (var n = 0; n < 2; n++)
        {
            var given = scheduled.Dequeue();
            Assert.Equal("CANCELLED", (await KilledAsync(n + 1, (key, client) => client.Refreshes.CancelAsync(given.Id, "Not needed", key))).Status);

            using var patience = new CancellationTokenSource(Scale.Patience);
            while ((await ScheduleAsync(staging.Id, given)).Count > 0 || await RemindersAsync(given.Id) > 0)
                await Task.Delay(Scale.LookAgain, TimeProvider.System, patience.Token);
        }
    }

    /// <summary>Sends a command to a server that is killed on the way, and once more, under the same key, to the next one.</summary>
    private async Task<RefreshView> KilledAsync(int passage, Func<CommandOptions, PlanningClient, Task<RefreshView>> command)
    {
        var key = new CommandOptions { IdempotencyKey = $"key-{keys++}" };
        await host.ArmAsync(FaultPoints.InRefresh, passage);
        var sent = command(key, As("ines"));
        await host.ExitAsync().WaitAsync(Scale.Patience);
        Assert.Equal(FaultPoints.InRefresh, host.Fault);
        await sent.ContinueWith(_ => { }, TaskScheduler.Default);
        await host.DisposeAsync();
        host = await HostProcess.StartAsync(folder.Path);
        return await command(key, As("ines"));
    }

    private Task<RefreshView> DraftAsync(string environment, DateTimeOffset day) => As("uma").Refreshes.DraftAsync(
        new DraftRefreshRequest(environment, "database_copy", day, day.AddHours(2), "Fresh data", Keep: ["test_accounts"], Request: true));

    private async Task<IReadOnlyList<ScheduleEntryView>> ScheduleAsync(string environment, RefreshView refresh) =>
        (await As("uma").Environments.GetScheduleAsync(environment, refresh.From, refresh.To)).Entries;

    /// <summary>As the database has them.</summary>
    private async Task<long> RemindersAsync(string refresh)
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = source.CreateCommand("select count(*) from planning.timer where name like $1");
        command.Parameters.AddWithValue($"reminder/{refresh}/%");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static ApproveRefreshRequest Everything(RefreshView refresh) => new(refresh.Destroys[0].Assets);

    private PlanningClient As(string person) => new(new PlanningClientOptions
    {
        BaseAddress = host.Url, Actor = $"{person};roles=planner,approver,release_manager;groups=platform", MaxRetries = 1,
    });
}
