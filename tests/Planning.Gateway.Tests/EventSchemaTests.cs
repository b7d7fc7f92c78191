using Planning.Client;
using Planning.Contracts;
using Planning.Gateway.Tests.Support;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>What goes over the wire is what schemas/events says.</summary>
public sealed class EventSchemaTests
{
    private static readonly string[] Fifteen =
    [
        "APPROVAL_RECORDED", "ARTIFACT_ATTACHED", "CYCLE_CLOSED", "CYCLE_OPENED", "EXECUTION_REPORTED", "GATE_FAILED", "GATE_PASSED", "GATE_STARTED",
        "GOVERNANCE_VIOLATION", "MANIFEST_CREATED", "MANIFEST_SEALED", "MANIFEST_SIGNED", "PLAN_CREATED", "PLAN_UPDATED", "STATE_TRANSITION",
    ];

    [Fact]
    public async Task Each_of_the_fifteen_events_and_the_administrative_ones_follow_their_schema()
    {
        await using var backend = await Backend.StartAsync();
        using var story = new Story(backend);
        var manifest = await story.SealedAsync();
        await Assert.ThrowsAsync<PlanningApiException>(() => story.Release.Transitions.RequestAndWaitAsync(story.PlanId, "begin_execution"));
        await story.ExecutedAsync(manifest);
        await GateFailsAsync(story);
        var rules = await story.Root.Rulebook.GetAsync();
        var ours = await story.Root.Rulebook.ProposeAsync(new Dictionary<string, string>(rules.Files) { ["sealing.yaml"] = rules.Files["sealing.yaml"] + "# Ours.\n" });
        await story.Root.Rulebook.ActivateAsync(ours.Hash);
        await story.Root.Cycles.OpenAsync(new OpenCycleRequest("Two", new DateOnly(2026, 1, 15), new DateOnly(2026, 1, 28), Follows: story.CycleId));
        await story.ClosedAsync(next: await LastCycleAsync(story));

        var page = await backend.SendAsync(HttpMethod.Get, "/v1/events?limit=1000");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var envelope in page.Json.GetProperty("events").EnumerateArray())
        {
            EventSchemas.AssertFollows(envelope.GetRawText());
            seen.Add(envelope.GetProperty("event").GetProperty("type").GetString()!);
        }

        Assert.True(seen.Remove("RULEBOOK_PROPOSED") && seen.Remove("RULEBOOK_ACTIVATED"));
        Assert.Equal(Fifteen, seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Each_event_of_an_environment_follows_its_schema()
    {
        await using var backend = await Backend.StartAsync();
        var root = backend.As("root");
        var day = TimeProvider.System.GetUtcNow().AddDays(1);
        var environment = new RegisterEnvironmentRequest("Staging", "platform", "Europe/Berlin", UserGroups: ["payments"], MaintenanceWindows: [new MaintenanceWindow("sunday", new TimeOnly(2, 0), 60)]);
        var staging = await root.Environments.RegisterAsync(environment);
        var qa = await root.Environments.RegisterAsync(environment with { Parent = staging.Id });
        var perf = await root.Environments.RegisterAsync(environment with { Parent = staging.Id });
        var lab = await root.Environments.RegisterAsync(environment);
        await root.Environments.ChangeAsync(qa.Id, new ChangeEnvironmentRequest("QA", "quality", "Etc/UTC", [], []));
        await root.Environments.MoveAsync(perf.Id, qa.Id);
        var booking = await root.Bookings.BookAsync(new BookRequest(qa.Id, "exclusive", day, day.AddHours(1), Release: "4.0", Purpose: "Tests"));
        await root.Bookings.MoveAsync(booking.Id, day.AddHours(1), day.AddHours(2));
        var clash = await root.Bookings.BookAsync(new BookRequest(lab.Id, "exclusive", day, day.AddHours(2)));
        await root.Environments.MoveAsync(qa.Id, lab.Id);
        await TypesAsync("ENVIRONMENT_MOVE_ABANDONED");
        await root.Bookings.CancelAsync(clash.Id, "in the way");
        await root.Environments.MoveAsync(qa.Id, lab.Id);
        await TypesAsync("ENVIRONMENT_MOVE_COMPLETED");
        await root.Environments.RetireAsync(staging.Id, "old");

        var page = await backend.SendAsync(HttpMethod.Get, "/v1/events?limit=1000");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var envelope in page.Json.GetProperty("events").EnumerateArray())
        {
            EventSchemas.AssertFollows(envelope.GetRawText());
            seen.Add(envelope.GetProperty("event").GetProperty("type").GetString()!);
        }
        Assert.Equal(
            [
                "BOOKING_CANCELLED", "BOOKING_MADE", "BOOKING_MOVED", "ENVIRONMENT_CHANGED", "ENVIRONMENT_MOVED", "ENVIRONMENT_MOVE_ABANDONED", "ENVIRONMENT_MOVE_BEGUN",
                "ENVIRONMENT_MOVE_COMPLETED", "ENVIRONMENT_RECEIVED", "ENVIRONMENT_REFUSED", "ENVIRONMENT_REGISTERED", "ENVIRONMENT_RETIRED",
            ],
            seen.Order(StringComparer.Ordinal));

        async Task TypesAsync(string wanted)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await using var stream = root.Events.FollowAsync(after: "0", types: wanted, cancellation: patience.Token).GetAsyncEnumerator(patience.Token);
            Assert.True(await stream.MoveNextAsync());
        }
    }

    [Theory]
    [InlineData("\"type\":\"PLAN_CREATED\"", "\"type\":\"PLAN_EATEN\"")]
    [InlineData("\"title\":\"A plan\",", "")]
    [InlineData("\"title\":\"A plan\"", "\"title\":7")]
    [InlineData("\"stream\":", "\"current\":")]
    [InlineData("\"actor\":\"ada\",", "")]
    [InlineData("\"planning_event\"", "\"administrative_event\"")]
    public async Task An_event_that_is_bent_breaks_its_schema(string part, string bent)
    {
        await using var backend = await Backend.StartAsync();
        await backend.NewPlanAsync();
        var page = await backend.SendAsync(HttpMethod.Get, "/v1/events?types=PLAN_CREATED");
        var text = page.Json.GetProperty("events")[0].GetRawText();

        Assert.True(EventSchemas.IsValid(text));
        Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.False(EventSchemas.IsValid(text.Replace(part, bent, StringComparison.Ordinal)));
    }

    private static async Task GateFailsAsync(Story story)
    {
        var plan = await story.Ada.Plans.CreateAsync(new CreatePlanRequest("Broken", "s"));
        await story.Ada.Plans.UpdateAsync(plan.Id, new UpdatePlanRequest(Title: "Still broken", Window: new PlanWindow(new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 2))));
        await story.Ada.Artifacts.AttachAsync(plan.Id, "a.md", "BROKEN"u8.ToArray());
        var blocked = await Assert.ThrowsAsync<PlanningApiException>(() => story.Ada.Transitions.RequestAndWaitAsync(plan.Id, "validate_complete"));
        var finding = (await story.Ada.GateRuns.GetAsync(plan.Id, blocked.Problem!.GateRunId!)).Findings.Single();
        await story.Root.Waivers.GrantAsync(plan.Id, new WaiveRequest("schema_lint", finding.Fingerprint, "Known.", new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        await story.Ada.Transitions.RequestAndWaitAsync(plan.Id, "validate_complete");
    }

    private static async Task<string> LastCycleAsync(Story story) => (await story.Root.Events.ListAsync(types: "CYCLE_OPENED", limit: 1000)).Events[^1].Event.Payload.GetProperty("cycle_id").GetString()!;
}
