using Planning.Cli.Handoff;
using Planning.Client;
using Planning.Contracts;

namespace Planning.Cli.Demo;

/// <summary>
/// The refresh of a shared environment over the real API, told step by step:
/// environments and bookings → a refresh that destroys → conflict, moved out of the way → approved by another person →
/// run, failed, tried again → rolled back → history → the month.
/// </summary>
internal sealed class RefreshStory(DemoTeam team, DemoScript script, DateTimeOffset now)
{
    /// <summary>Begins at the full hour that runs: a refresh starts in its window.</summary>
    private readonly DateTimeOffset hour = new(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);

    public async Task TellAsync(CancellationToken cancellation)
    {
        var (staging, database) = await RegisterAsync(cancellation);
        var booking = await BookAsync(staging, database, cancellation);
        var refresh = await RequestAsync(database, cancellation);
        await ApproveAsync(refresh, booking, cancellation);
        await RunAsync(refresh, cancellation);
        await FreezeInAsync(staging, cancellation);
        await CalendarAsync(staging, cancellation);
    }

    private async Task<(EnvironmentView Staging, EnvironmentView Database)> RegisterAsync(CancellationToken cancellation)
    {
        script.Chapter("Environments that several teams share");
        var staging = await team["rik"].Environments.RegisterAsync(
            new RegisterEnvironmentRequest("Staging", DemoTeam.Owners, "Europe/Berlin", UserGroups: [DemoTeam.Users]), cancellation: cancellation);
        var database = await team["rik"].Environments.RegisterAsync(
            new RegisterEnvironmentRequest("Staging database", DemoTeam.Owners, "Europe/Berlin", staging.Id, [DemoTeam.Users]), cancellation: cancellation);
        script.Done($"rik registers {staging.Name} ({staging.Id}), owned by {DemoTeam.Owners}, used by {DemoTeam.Users}, and below it {database.Name}");
        return (staging, database);
    }

    private async Task<BookingView> BookAsync(EnvironmentView staging, EnvironmentView database, CancellationToken cancellation)
    {
        var booking = await team["mara"].Bookings.BookAsync(
            new BookRequest(staging.Id, "exclusive", hour, hour.AddHours(3), Release: "4.0", Purpose: "Load tests"), cancellation: cancellation);
        script.Done($"mara books {staging.Name} for herself until {booking.To:HH:mm}Z: the load tests of release 4.0");
        await team["lena"].Bookings.BookAsync(
            new BookRequest(database.Id, "shared", hour.AddDays(6), hour.AddDays(8), Purpose: "Training"), cancellation: cancellation);
        script.Done($"lena books {database.Name} for a training next week, and shares it");
        return booking;
    }

    private async Task<RefreshView> RequestAsync(EnvironmentView database, CancellationToken cancellation)
    {
        script.Chapter("A refresh says what it destroys before anybody approves it");
        var refresh = await team["uma"].Refreshes.DraftAsync(
            new DraftRefreshRequest(database.Id, "database_copy", hour, hour.AddHours(2), "Fresh data for 4.0", ["test_accounts"], Request: true), cancellation: cancellation);
        script.Done($"uma requests a {refresh.Type} ({refresh.Id}): impact {refresh.Level}");
        foreach (var loss in refresh.Destroys)
            script.Done($"it destroys of {loss.Environment}: {string.Join(", ", loss.Assets)}; test_accounts are kept");
        await RefusedAsync("uma, who is an approver, approves it herself", () => team["uma"].Refreshes.ApproveAsync(refresh.Id, Everything(refresh), cancellation: cancellation));
        return refresh;
    }

    private async Task ApproveAsync(RefreshView refresh, BookingView booking, CancellationToken cancellation)
    {
        script.Chapter("Approved by another person, when nothing stands in the way");
        await RefusedAsync("ines approves it", () => team["ines"].Refreshes.ApproveAsync(refresh.Id, Everything(refresh), cancellation: cancellation));
        script.Done($"the approval is undone; the refresh is {(await team["uma"].Refreshes.GetAsync(refresh.Id, cancellation)).Status} as before");
        var moved = await team["mara"].Bookings.MoveAsync(booking.Id, booking.From.AddDays(1), booking.To.AddDays(1), cancellation: cancellation);
        script.Done($"mara moves her load tests to tomorrow, {moved.From:HH:mm}Z");
        var scheduled = await team["ines"].Refreshes.ApproveAsync(refresh.Id, Everything(refresh) with { Notes = "After the load tests have moved" }, cancellation: cancellation);
        script.Done($"ines approves: {scheduled.Status}, {scheduled.From:HH:mm}Z to {scheduled.To:HH:mm}Z; nobody can book it now");
    }

    private async Task RunAsync(RefreshView refresh, CancellationToken cancellation)
    {
        script.Chapter("Run, failed, tried again, rolled back");
        var runner = team["deployer"].Refreshes;
        script.Done($"the deployer starts it: {(await runner.StartAsync(refresh.Id, cancellation: cancellation)).Status}");
        script.Done($"the copy breaks off: {(await runner.FailAsync(refresh.Id, "The copy broke off", cancellation: cancellation)).Status}");
        script.Done($"it is tried again in the same window: {(await runner.RetryAsync(refresh.Id, cancellation: cancellation)).Status}");
        await runner.StartAsync(refresh.Id, cancellation: cancellation);
        script.Done($"this time it works: {(await runner.CompleteAsync(refresh.Id, "1.2 TB copied", cancellation: cancellation)).Status}");
        var ended = await runner.RollBackAsync(refresh.Id, "It was the copy of another day", cancellation: cancellation);
        script.Done($"the data were of the wrong day: {ended.Status}");
        foreach (var run in (await team["uma"].Refreshes.HistoryAsync(refreshId: refresh.Id, minPosition: ended.Position, cancellation: cancellation)).Items.Reverse())
            script.Done($"history {run.Number}: {run.Outcome}: {run.Note}");
    }

    private async Task FreezeInAsync(EnvironmentView staging, CancellationToken cancellation)
    {
        script.Chapter("The next one finds its window by itself");
        var wanted = await team["uma"].Refreshes.DraftAsync(
            new DraftRefreshRequest(staging.Id, "redeployment", hour.AddDays(6), hour.AddDays(6).AddHours(4), "Release 4.0 as it is in production", Request: true), cancellation: cancellation);
        var conflicts = await team["uma"].Refreshes.ConflictsAsync(wanted.Id, cancellation);
        foreach (var conflict in conflicts.Items)
            script.Done($"{conflict.Severity}: {conflict.Message}");
        var (from, to) = (conflicts.NextFreeFrom!.Value, conflicts.NextFreeTo!.Value);
        await team["uma"].Refreshes.MoveAsync(wanted.Id, from, to, cancellation: cancellation);
        var scheduled = await team["ines"].Refreshes.ApproveAsync(wanted.Id, Everything(wanted), cancellation: cancellation);
        script.Done($"uma moves it to {from:yyyy-MM-dd HH:mm}Z, ines approves: {scheduled.Status}; reminders are set for the day and the hour before");
    }

    private async Task CalendarAsync(EnvironmentView staging, CancellationToken cancellation)
    {
        script.Chapter("The month of Staging");
        var schedule = await team["mara"].Environments.GetScheduleAsync(staging.Id, hour, hour.AddDays(31), cancellation);
        script.Month(DateOnly.FromDateTime(now.UtcDateTime), schedule.Entries);
    }

    private async Task RefusedAsync(string what, Func<Task> call)
    {
        try
        {
            await call();
            throw new CommandFailedException($"{what}: that was expected to be refused, and was not. This is a fault of the demo.");
        }
        catch (PlanningApiException refused)
        {
            script.Refused(what, refused.Detail, refused.Errors);
        }
    }

    private static ApproveRefreshRequest Everything(RefreshView refresh) => new(refresh.Destroys[0].Assets);
}
