using Planning.Client;
using Planning.Contracts;
using Planning.Domain.Rulebooks;
using Planning.Gateway.Tests.Support;
using Planning.Testing;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>Refreshes of shared environments over REST: from the request to the history, with a clock that the test moves.</summary>
public sealed class RefreshStoryTests
{
    private static readonly DateTimeOffset Now = new(2027, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Day = Now.Date.AddDays(14) is var day ? new(day, TimeSpan.Zero) : default;

    private readonly FakeTime time = new(Now);

    [Fact]
    public async Task A_refresh_is_requested_meets_a_conflict_is_moved_approved_by_another_reminded_of_run_fails_and_is_rolled_back()
    {
        await using var backend = await Backend.StartAsync(clock: time);
        var (uma, ines, deployer) = (As(backend, "uma", "planner"), As(backend, "ines", "approver"), As(backend, "deployer", "executor"));
        var staging = await As(backend, "olga", "release_manager").Environments.RegisterAsync(Staging);
        var tests = await uma.Bookings.BookAsync(new BookRequest(staging.Id, "exclusive", Day, Day.AddHours(4), Release: "4.0"));

        var refresh = await uma.Refreshes.DraftAsync(Copy(staging.Id) with { Keep = ["test_accounts"], NotifyGroups = ["support"] });
        Assert.Equal(("DRAFT", "high"), (refresh.Status, refresh.Level));
        Assert.Equal(["data", "sessions"], refresh.Destroys.Single().Assets);
        Assert.Equal("REQUESTED", (await uma.Refreshes.RequestAsync(refresh.Id)).Status);

        // What stands in the way is told beforehand, and again to who tries nevertheless.
        var conflicts = await ines.Refreshes.ConflictsAsync(refresh.Id);
        Assert.True(conflicts.Blocked);
        Assert.Equal((tests.Id, "blocking"), (conflicts.Items[0].Id, conflicts.Items[0].Severity));
        var refused = await RefusedAsync(() => ines.Refreshes.ApproveAsync(refresh.Id, Destroys));
        Assert.Equal("refresh_slot_refused", refused.Code);
        Assert.Equal([tests.Id, $"{Day.AddHours(4).UtcDateTime:O}/{Day.AddHours(6).UtcDateTime:O}"], refused.Errors.Select(e => e.Source));
        Assert.Equal(("REQUESTED", null), ((await uma.Refreshes.GetAsync(refresh.Id)).Status, (await uma.Refreshes.GetAsync(refresh.Id)).Approval));

        await uma.Refreshes.MoveAsync(refresh.Id, conflicts.NextFreeFrom!.Value, conflicts.NextFreeTo!.Value);
        Assert.Equal("requester_cannot_approve", (await RefusedAsync(() => As(backend, "uma", "approver").Refreshes.ApproveAsync(refresh.Id, Destroys))).Code);
        var approved = await ines.Refreshes.ApproveAsync(refresh.Id, Destroys);
        Assert.Equal(("SCHEDULED", "ines"), (approved.Status, approved.Approval!.By));
        Assert.Equal("environment_taken", (await RefusedAsync(() => uma.Bookings.BookAsync(new BookRequest(staging.Id, "shared", Day.AddHours(5), Day.AddHours(7))))).Code);

        Assert.Equal("refresh_not_due", (await RefusedAsync(() => deployer.Refreshes.StartAsync(refresh.Id))).Code);
        time.Advance(Day.AddHours(4).AddMinutes(1) - time.GetUtcNow());
        await SeenAsync(backend, "REFRESH_REMINDED", 3);
        Assert.Equal("IN_PROGRESS", (await deployer.Refreshes.StartAsync(refresh.Id)).Status);
        Assert.Equal("FAILED", (await deployer.Refreshes.FailAsync(refresh.Id, "The copy broke off")).Status);
        Assert.Equal("SCHEDULED", (await deployer.Refreshes.RetryAsync(refresh.Id)).Status);
        await deployer.Refreshes.StartAsync(refresh.Id);
        await deployer.Refreshes.CompleteAsync(refresh.Id, "1.2 TB copied");
        var ended = await deployer.Refreshes.RollBackAsync(refresh.Id, "The copy was of the wrong day");

        Assert.Equal(("ROLLED_BACK", 0), (ended.Status, ended.Triggers.Count));
        var history = await uma.Refreshes.HistoryAsync(staging.Id, minPosition: ended.Position);
        Assert.Equal(["rolled_back", "completed", "failed"], history.Items.Select(run => run.Outcome));
        await uma.Bookings.BookAsync(new BookRequest(staging.Id, "exclusive", Day.AddHours(5), Day.AddHours(6)));

        var audit = (await As(backend, "ann", "auditor").Audit.ListAsync(new AuditQuery(ResourceId: refresh.Id))).Items.Select(r => (r.Actor, r.Action, r.Outcome)).ToArray();
        Assert.Contains(("uma", "APPROVE", "DENIED"), audit);
        Assert.Contains(("ines", "APPROVE", "SUCCESS"), audit);
    }

    [Fact]
    public async Task A_freeze_that_is_activated_later_unschedules_and_the_refresh_is_scheduled_anew_elsewhere()
    {
        var rules = new TestRulebooks();
        await using var backend = await Backend.StartAsync(clock: time, rules: rules);
        var (uma, ines) = (As(backend, "uma", "planner"), As(backend, "ines", "approver"));
        var refresh = await ScheduledAsync(backend, uma, ines);

        rules.Set(new ChangeCalendar("release", "Europe/Berlin", [new ChangeFreeze("spring", DateOnly.FromDateTime(Day.Date), DateOnly.FromDateTime(Day.Date))]));
        await backend.As("root").Rulebook.ActivateAsync(Planning.Engine.Rulebooks.DefaultRulebook.Files.Bytes.ToDictionary(f => f.Key, f => System.Text.Encoding.UTF8.GetString(f.Value.Span)));
        await SeenAsync(backend, "REFRESH_UNSCHEDULED", 1);

        var unscheduled = await uma.Refreshes.GetAsync(refresh.Id);
        Assert.Equal(("APPROVED", "release/spring"), (unscheduled.Status, unscheduled.Refused!.Conflicts.Single().Id));
        var again = await RefusedAsync(() => uma.Refreshes.ScheduleAsync(refresh.Id));
        Assert.Equal("refresh_slot_refused", again.Code);
        await uma.Refreshes.MoveAsync(refresh.Id, Day.AddDays(1), Day.AddDays(1).AddHours(2));
        Assert.Equal("SCHEDULED", (await uma.Refreshes.ScheduleAsync(refresh.Id)).Status);
        Assert.Equal(Day.AddDays(1), (await uma.Environments.GetScheduleAsync(refresh.EnvironmentId, Day, Day.AddDays(3))).Entries.Single().From);
    }

    [Fact]
    public async Task A_scheduled_refresh_that_cannot_be_moved_stays_where_it_is()
    {
        await using var backend = await Backend.StartAsync(clock: time);
        var (uma, ines) = (As(backend, "uma", "planner"), As(backend, "ines", "approver"));
        var refresh = await ScheduledAsync(backend, uma, ines);
        await uma.Bookings.BookAsync(new BookRequest(refresh.EnvironmentId, "exclusive", Day.AddDays(1), Day.AddDays(2)));

        Assert.Equal("refresh_slot_refused", (await RefusedAsync(() => uma.Refreshes.MoveAsync(refresh.Id, Day.AddDays(1), Day.AddDays(1).AddHours(2)))).Code);

        var stayed = await uma.Refreshes.GetAsync(refresh.Id);
        Assert.Equal(("SCHEDULED", refresh.From), (stayed.Status, stayed.From));
        Assert.Equal("environment_taken", (await RefusedAsync(() => uma.Bookings.BookAsync(new BookRequest(refresh.EnvironmentId, "shared", refresh.From, refresh.To)))).Code);
        Assert.Equal(Day.AddDays(3), (await uma.Refreshes.MoveAsync(refresh.Id, Day.AddDays(3), Day.AddDays(3).AddHours(2))).From);
        await uma.Bookings.BookAsync(new BookRequest(refresh.EnvironmentId, "shared", refresh.From, refresh.To));
    }

    [Fact]
    public async Task Shared_work_is_disturbed_when_an_approver_has_accepted_that()
    {
        await using var backend = await Backend.StartAsync(clock: time);
        var (uma, ines) = (As(backend, "uma", "planner"), As(backend, "ines", "approver"));
        var staging = await As(backend, "olga", "release_manager").Environments.RegisterAsync(Staging);
        var shared = await uma.Bookings.BookAsync(new BookRequest(staging.Id, "shared", Day, Day.AddHours(1)));
        var refresh = await uma.Refreshes.DraftAsync(Copy(staging.Id) with { Request = true, Keep = ["test_accounts"] });

        Assert.Equal("conflict_not_accepted", (await RefusedAsync(() => ines.Refreshes.ApproveAsync(refresh.Id, Destroys))).Errors[0].Code);
        await ines.Refreshes.AcceptConflictsAsync(refresh.Id, [shared.Id], "They know");
        var scheduled = await ines.Refreshes.ApproveAsync(refresh.Id, Destroys);

        Assert.Equal(("SCHEDULED", true), (scheduled.Status, scheduled.Conflicts.Single().Accepted));
    }

    [Fact]
    public async Task What_is_critical_is_approved_with_a_second_factor_that_is_on_record_and_fresh()
    {
        await using var backend = await Backend.StartAsync(clock: time);
        var root = backend.As("root");
        var uma = As(backend, "uma", "planner");
        var staging = await As(backend, "olga", "release_manager").Environments.RegisterAsync(Staging);
        var refresh = await uma.Refreshes.DraftAsync(Copy(staging.Id) with { Type = "reset", Keep = ["test_accounts"], Request = true });
        var all = new ApproveRefreshRequest(["data", "configuration", "deployed_versions", "sessions"]);
        var admin = await root.ApiKeys.CreateAsync(new CreateApiKeyRequest("root", "person", ["admin"]));
        var key = await backend.WithKey(admin.Token).ApiKeys.CreateAsync(new CreateApiKeyRequest("ines", "person", ["approver"], Groups: ["payments"]));
        var (ines, vouching) = (backend.WithKey(key.Token), backend.WithKey(admin.Token));

        Assert.Equal("critical", refresh.Level);
        Assert.Equal("step_up_required", (await RefusedAsync(() => ines.Refreshes.ApproveAsync(refresh.Id, all))).Code);
        await vouching.ApiKeys.StepUpAsync(key.Key.KeyId);
        time.Advance(TimeSpan.FromMinutes(16));
        Assert.Contains("second factor", (await RefusedAsync(() => ines.Refreshes.ApproveAsync(refresh.Id, all))).Message, StringComparison.Ordinal);
        await vouching.ApiKeys.StepUpAsync(key.Key.KeyId);

        Assert.Equal("SCHEDULED", (await ines.Refreshes.ApproveAsync(refresh.Id, all)).Status);
        Assert.Equal("step_up_of_own_key", (await RefusedAsync(() => vouching.ApiKeys.StepUpAsync(admin.Key.KeyId))).Code);
    }

    private static readonly RegisterEnvironmentRequest Staging = new("Staging", "platform", "Europe/Berlin", UserGroups: ["payments"]);

    private static readonly ApproveRefreshRequest Destroys = new(["data", "sessions"]);

    private static DraftRefreshRequest Copy(string environment) => new(environment, "database_copy", Day, Day.AddHours(2), "Fresh data for 4.0");

    private static PlanningClient As(Backend backend, string name, string role) => backend.As($"{name};roles={role};groups=payments,platform");

    private static async Task<RefreshView> ScheduledAsync(Backend backend, PlanningClient uma, PlanningClient ines)
    {
        var staging = await As(backend, "olga", "release_manager").Environments.RegisterAsync(Staging);
        var refresh = await uma.Refreshes.DraftAsync(Copy(staging.Id) with { Request = true, Keep = ["test_accounts"] });
        return await ines.Refreshes.ApproveAsync(refresh.Id, Destroys);
    }

    /// <summary>Lets time go on by seconds until so many events of a type are in the log.</summary>
    private async Task SeenAsync(Backend backend, string type, int count)
    {
        var auditor = backend.As("ann", "auditor");
        for (var second = 0; second < 3600; second++)
        {
            if ((await auditor.Events.ListAsync(after: 0, types: type)).Events.Count >= count)
                return;
            time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Fail($"There are fewer than {count} events {type}.");
    }

    private static Task<PlanningApiException> RefusedAsync(Func<Task> call) => Assert.ThrowsAsync<PlanningApiException>(call);
}
