using System.Text;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Schema;
using Planning.Client;
using Planning.Contracts;
using Planning.Gateway.Tests.Support;
using Planning.Testing;
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

    private static readonly Lazy<JsonSchema> Envelope = new(() => Compile("envelope.json"));

    [Fact]
    public async Task Each_of_the_fifteen_events_and_the_administrative_one_follow_their_schema()
    {
        await using var backend = await Backend.StartAsync();
        using var story = new Story(backend);
        var manifest = await story.SealedAsync();
        await Assert.ThrowsAsync<PlanningApiException>(() => story.Release.Transitions.RequestAndWaitAsync(story.PlanId, "begin_execution"));
        await story.ExecutedAsync(manifest);
        await GateFailsAsync(story);
        var rules = await story.Root.Rulebook.GetAsync();
        await story.Root.Rulebook.ActivateAsync(new Dictionary<string, string>(rules.Files) { ["sealing.yaml"] = rules.Files["sealing.yaml"] + "# Ours.\n" });
        await story.Root.Cycles.OpenAsync(new OpenCycleRequest("Two", new DateOnly(2026, 1, 15), new DateOnly(2026, 1, 28), Follows: story.CycleId));
        await story.ClosedAsync(next: await LastCycleAsync(story));

        var page = await backend.SendAsync(HttpMethod.Get, "/v1/events?limit=1000");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var envelope in page.Json.GetProperty("events").EnumerateArray())
        {
            var node = ArtifactParser.Parse(Encoding.UTF8.GetBytes(envelope.GetRawText()), "event.json").Root!;
            var faults = Envelope.Value.Evaluate(node, "event.json");
            Assert.True(faults.Count == 0, $"{envelope}\n{string.Join('\n', faults)}");
            seen.Add(envelope.GetProperty("event").GetProperty("type").GetString()!);
        }

        Assert.True(seen.Remove("RULEBOOK_ACTIVATED"));
        Assert.Equal(Fifteen, seen.Order(StringComparer.Ordinal));
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

        Assert.True(IsValid(text));
        Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.False(IsValid(text.Replace(part, bent, StringComparison.Ordinal)));
    }

    private static bool IsValid(string json) => Envelope.Value.IsValid(ArtifactParser.Parse(Encoding.UTF8.GetBytes(json), "event.json").Root!);

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

    private static JsonSchema Compile(string name)
    {
        var registry = new SchemaRegistry();
        foreach (var file in Directory.EnumerateFiles(Repository.At("schemas", "events", "v1")))
        {
            var schema = ArtifactParser.Parse(File.ReadAllBytes(file), Path.GetFileName(file)).Root!;
            registry.Add("urn:planning:events:v1:" + Path.GetFileNameWithoutExtension(file), schema);
        }
        var compiled = JsonSchema.Compile(File.ReadAllBytes(Repository.At("schemas", "events", "v1", name)), name, registry);
        Assert.True(compiled.Ok, string.Join('\n', compiled.Findings));
        return compiled.Value!;
    }
}
