using System.Net;
using System.Text;
using Planning.Client;
using Planning.Contracts;
using Planning.Gateway.Tests.Support;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>Events by position, and the live stream that resumes.</summary>
public sealed class EventTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource patience = new(Patience);
    private Backend backend = null!;
    private PlanningClient ada = null!;
    private PlanView plan = null!;

    public async Task InitializeAsync()
    {
        backend = await Backend.StartAsync(new GatewayOptions { KeyCacheTime = TimeSpan.Zero, Heartbeat = TimeSpan.FromMilliseconds(50) });
        ada = backend.As("ada");
        plan = await backend.NewPlanAsync();
    }

    public async Task DisposeAsync()
    {
        await backend.DisposeAsync();
        patience.Dispose();
    }

    [Fact]
    public async Task Events_are_read_from_a_position_on_in_their_envelope()
    {
        var all = await ada.Events.ListAsync();
        var rest = await ada.Events.ListAsync(after: all.Events[0].Position);

        Assert.Equal(["CYCLE_OPENED", "PLAN_CREATED"], all.Events.Select(e => e.Event.Type));
        Assert.Equal("PLAN_CREATED", Assert.Single(rest.Events).Event.Type);
        Assert.Equal((plan.Position, "planning_event", "1.0.0"), (rest.NextPosition, rest.Events[0].Type, rest.Events[0].Version));
        var payload = rest.Events[0].Event.Payload;
        Assert.Equal((plan.Id, "A plan"), (payload.GetProperty("entity_id").GetString(), payload.GetProperty("title").GetString()));
        Assert.Equal(("ada", "person"), (payload.GetProperty("metadata").GetProperty("actor").GetString(), payload.GetProperty("metadata").GetProperty("actor_kind").GetString()));
    }

    [Fact]
    public async Task Events_can_be_filtered_by_type_and_entity()
    {
        await ada.Plans.UpdateAsync(plan.Id, new UpdatePlanRequest(Title: "B"));

        Assert.Equal(["PLAN_UPDATED"], (await ada.Events.ListAsync(types: "PLAN_UPDATED,GATE_PASSED")).Events.Select(e => e.Event.Type));
        Assert.Equal(["PLAN_CREATED", "PLAN_UPDATED"], (await ada.Events.ListAsync(entity: plan.Id)).Events.Select(e => e.Event.Type));
        Assert.Equal("filter_invalid", (await Assert.ThrowsAsync<PlanningApiException>(() => ada.Events.ListAsync(types: "PLAN_EATEN"))).Code);
    }

    [Fact]
    public async Task The_stream_resumes_behind_the_last_event_that_came()
    {
        var first = await NextAsync(ada.Events.FollowAsync(after: "0", cancellation: patience.Token));
        var second = await NextAsync(ada.Events.FollowAsync(after: first.Id, cancellation: patience.Token));

        Assert.Equal(("CYCLE_OPENED", "PLAN_CREATED"), (first.Event!.Event.Type, second.Event!.Event.Type));
        Assert.Equal($"memory-1:{plan.Position}", second.Id);
    }

    [Fact]
    public async Task The_stream_brings_what_happens_while_it_is_open()
    {
        await using var stream = ada.Events.FollowAsync(after: $"memory-1:{plan.Position}", types: "PLAN_UPDATED", cancellation: patience.Token).GetAsyncEnumerator();
        var next = stream.MoveNextAsync().AsTask();
        for (var i = 0; i < 3; i++)
        {
            var updated = await ada.Plans.UpdateAsync(plan.Id, new UpdatePlanRequest(Title: $"Title {i}"));
            Assert.True(await next);
            Assert.Equal(updated.Position, stream.Current.Event!.Position);
            next = stream.MoveNextAsync().AsTask();
        }
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task A_client_that_is_cut_off_misses_nothing()
    {
        await using var stream = ada.Events.FollowAsync(after: "0", cancellation: patience.Token).GetAsyncEnumerator();
        var seen = new List<long>();
        while (seen.Count < 2 && await stream.MoveNextAsync())
            seen.Add(stream.Current.Event!.Position);

        // A new epoch cuts every place; within one epoch the next connection goes on behind the last id.
        var resumed = ada.Events.FollowAsync(after: stream.Current.Id, cancellation: patience.Token);
        var updated = await ada.Plans.UpdateAsync(plan.Id, new UpdatePlanRequest(Title: "While away"));

        Assert.Equal([1, 2], seen);
        Assert.Equal(updated.Position, (await NextAsync(resumed)).Event!.Position);
    }

    [Theory]
    [InlineData("memory-0:1")]
    [InlineData("memory-1:9999")]
    public async Task A_place_that_no_longer_exists_is_answered_with_a_reset(string place)
    {
        var reset = await NextAsync(ada.Events.FollowAsync(after: place, cancellation: patience.Token));

        Assert.Equal(("memory-1", plan.Position), (reset.Reset!.Epoch, reset.Reset.Position));
        Assert.Contains("Read anew", reset.Reset.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_epoch_of_the_log_resets_an_open_stream()
    {
        await using var stream = ada.Events.FollowAsync(after: "0", cancellation: patience.Token).GetAsyncEnumerator();
        Assert.True(await stream.MoveNextAsync());
        Assert.True(await stream.MoveNextAsync());

        backend.Log.ChangeEpoch("memory-2");

        Assert.True(await stream.MoveNextAsync());
        Assert.Equal("memory-2", stream.Current.Reset!.Epoch);
    }

    [Fact]
    public async Task An_id_that_is_none_is_refused() =>
        (await backend.SendAsync(HttpMethod.Get, "/v1/events/stream", null, ("Last-Event-ID", "yesterday"))).MustBe(400, "last_event_id_invalid");

    [Fact]
    public async Task A_silent_stream_shows_that_it_lives_and_ends_with_its_key()
    {
        var root = backend.As("root");
        var admin = backend.WithKey((await root.ApiKeys.CreateAsync(new CreateApiKeyRequest("root", "person", ["admin"]))).Token);
        var reader = await admin.ApiKeys.CreateAsync(new CreateApiKeyRequest("rea", "person", ["auditor"]));
        using var http = new HttpClient { BaseAddress = backend.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events/stream");
        request.Headers.Add("Authorization", "Bearer " + reader.Token);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(patience.Token), Encoding.UTF8);
        while (await lines.ReadLineAsync(patience.Token) != ": heartbeat")
        {
            // The heartbeat comes after the welcome.
        }

        await admin.ApiKeys.RevokeAsync(reader.Key.KeyId);

        while (await lines.ReadLineAsync(patience.Token) is not null)
        {
            // The stream ends by itself.
        }
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task An_open_stream_does_not_hold_up_the_shutdown()
    {
        var own = await Backend.StartAsync();
        await own.NewPlanAsync();
        await using var stream = own.As("ada").Events.FollowAsync(after: "0", cancellation: patience.Token).GetAsyncEnumerator();
        Assert.True(await stream.MoveNextAsync());

        await own.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
    }

    private static async Task<StreamItem> NextAsync(IAsyncEnumerable<StreamItem> stream)
    {
        await foreach (var item in stream)
            return item;
        throw new InvalidOperationException("The stream ended.");
    }
}
