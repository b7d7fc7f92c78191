using Planning.Client.Tests.Support;

namespace Planning.Client.Tests;

/// <summary>The event stream across broken connections.</summary>
public sealed class FollowTests
{
    private const int Count = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Whatever_the_connections_do_each_event_comes_once_and_in_order(int seed)
    {
        var stream = new UnsteadyStream(seed, Count);
        await using var server = await ScriptedServer.StartAsync(stream.ServeAsync);
        using var client = server.Client();

        var items = await EventText.TakeAsync(client.Events.FollowAsync(after: "0"), Count);

        Assert.Equal(Positions(Count), items.Select(i => i.Event!.Position));
        Assert.True(stream.Connections > 5, $"Only {stream.Connections} connections: nothing was tried.");
        Assert.Equal(Count, client.LastPosition);
    }

    [Fact]
    public async Task A_stream_that_loses_an_event_would_be_found_out()
    {
        await using var server = await ScriptedServer.StartAsync(new UnsteadyStream(seed: 1, Count, skips: 31).ServeAsync);
        using var client = server.Client();

        var items = await EventText.TakeAsync(client.Events.FollowAsync(after: "0"), Count - 1);

        Assert.NotEqual(Positions(Count - 1), items.Select(i => i.Event!.Position));
    }

    [Fact]
    public async Task An_event_that_is_cut_off_after_its_id_comes_again()
    {
        await using var server = await ScriptedServer.StartAsync(
            EventText.Then(EventText.Event(1), EventText.Event(2)[..60]), EventText.Then(EventText.Event(2)));
        using var client = server.Client();

        var items = await EventText.TakeAsync(client.Events.FollowAsync(), 2);

        Assert.Equal(["e1:1", "e1:2"], items.Select(i => i.Id));
        Assert.Equal([null, "e1:1"], server.Requests.Select(r => r.Header("Last-Event-ID")));
    }

    [Fact]
    public async Task A_place_that_comes_without_an_event_is_kept()
    {
        await using var server = await ScriptedServer.StartAsync(EventText.Then(EventText.Place(7)), EventText.Then(EventText.Event(9)));
        using var client = server.Client();

        await EventText.TakeAsync(client.Events.FollowAsync(), 1);

        Assert.Equal("e1:7", server.Requests[1].Header("Last-Event-ID"));
    }

    [Fact]
    public async Task An_event_that_comes_twice_is_given_once()
    {
        await using var server = await ScriptedServer.StartAsync(EventText.ThenSilent(EventText.Event(1), EventText.Event(2), EventText.Event(1), EventText.Event(2), EventText.Event(3)));
        using var client = server.Client();

        var items = await EventText.TakeAsync(client.Events.FollowAsync(), 3);

        Assert.Equal([1, 2, 3], items.Select(i => i.Event!.Position));
    }

    [Fact]
    public async Task A_bare_position_is_a_place_to_begin()
    {
        await using var server = await ScriptedServer.StartAsync(EventText.Then(EventText.Place(5), EventText.Event(6)), EventText.Then(EventText.Event(7)));
        using var client = server.Client();

        await EventText.TakeAsync(client.Events.FollowAsync(after: "5"), 2);

        Assert.Equal(["5", "e1:6"], server.Requests.Select(r => r.Header("Last-Event-ID")));
    }

    [Fact]
    public async Task A_silent_connection_is_taken_for_dead()
    {
        await using var server = await ScriptedServer.StartAsync(EventText.ThenSilent(EventText.Event(1)), EventText.ThenSilent(EventText.Event(2)));
        using var client = server.Client(o => o.StreamSilence = TimeSpan.FromMilliseconds(200));

        var items = await EventText.TakeAsync(client.Events.FollowAsync(), 2);

        Assert.Equal([1, 2], items.Select(i => i.Event!.Position));
    }

    [Fact]
    public async Task A_reset_is_told_and_the_stream_goes_on_from_there()
    {
        await using var server = await ScriptedServer.StartAsync(
            EventText.Then(EventText.Event(90)), EventText.Then(EventText.Reset(40, "e2"), EventText.Event(41, "e2")), EventText.Then(EventText.Event(42, "e2")));
        using var client = server.Client();

        var items = await EventText.TakeAsync(client.Events.FollowAsync(), 4);

        Assert.Equal(["e1:90", "e2:40", "e2:41", "e2:42"], items.Select(i => i.Id));
        Assert.Equal(("e2", 40), (items[1].Reset!.Epoch, items[1].Reset!.Position));
        Assert.Null(items[1].Event);
        Assert.Equal([null, "e1:90", "e2:41"], server.Requests.Select(r => r.Header("Last-Event-ID")));
        Assert.Equal(42, client.LastPosition);
    }

    [Fact]
    public async Task Another_epoch_is_told_also_where_the_stream_does_not()
    {
        await using var server = await ScriptedServer.StartAsync(EventText.Then(EventText.Event(90)), EventText.Then(EventText.Event(41, "e2")));
        using var client = server.Client();

        var items = await EventText.TakeAsync(client.Events.FollowAsync(), 3);

        Assert.Equal("e2", items[1].Reset!.Epoch);
        Assert.Equal(41, items[2].Event!.Position);
    }

    [Fact]
    public async Task A_server_that_is_away_for_a_while_is_waited_for()
    {
        await using var server = await ScriptedServer.StartAsync(
            Steps.Drop, Steps.Refusal(503, retryAfter: "0"), Steps.Refusal(500), Steps.Refusal(429), EventText.Then(EventText.Event(1)));
        using var client = server.Client();

        Assert.Single(await EventText.TakeAsync(client.Events.FollowAsync(), 1));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(422)]
    public async Task A_stream_that_is_refused_is_not_asked_for_again(int status)
    {
        await using var server = await ScriptedServer.StartAsync(EventText.Then(EventText.Event(1)), Steps.Refusal(status));
        using var client = server.Client();

        var refused = await Assert.ThrowsAsync<PlanningApiException>(() => EventText.TakeAsync(client.Events.FollowAsync(), 2));

        Assert.Equal(status, (int)refused.Status);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task An_answer_that_is_no_stream_is_told()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Text(200, "<html></html>", "text/html"));
        using var client = server.Client();

        var e = await Assert.ThrowsAsync<PlanningApiException>(() => EventText.TakeAsync(client.Events.FollowAsync(), 1));

        Assert.Equal("answer_unreadable", e.Code);
    }

    [Fact]
    public async Task An_event_beyond_the_limit_is_told_with_the_limits_name()
    {
        await using var server = await ScriptedServer.StartAsync(EventText.ThenSilent(EventText.Event(1, padding: new string('x', 5_000))));
        using var client = server.Client(o => o.MaxEventBytes = 1_024);

        var e = await Assert.ThrowsAsync<PlanningConnectionException>(() => EventText.TakeAsync(client.Events.FollowAsync(), 1));

        Assert.Contains("MaxEventBytes = 1024", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_may_end_in_carriage_returns_too()
    {
        await using var server = await ScriptedServer.StartAsync(EventText.ThenSilent((EventText.Event(1) + EventText.Event(2)).Replace("\n", "\r\n", StringComparison.Ordinal)));
        using var client = server.Client();

        Assert.Equal(["e1:1", "e1:2"], (await EventText.TakeAsync(client.Events.FollowAsync(), 2)).Select(i => i.Id));
    }

    [Fact]
    public async Task Following_ends_when_it_is_cancelled()
    {
        await using var server = await ScriptedServer.StartAsync(EventText.ThenSilent(EventText.Event(1)));
        using var client = server.Client();
        using var stop = new CancellationTokenSource();
        await using var stream = client.Events.FollowAsync(cancellation: stop.Token).GetAsyncEnumerator();

        Assert.True(await stream.MoveNextAsync());
        var next = stream.MoveNextAsync().AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task Filters_go_to_the_server()
    {
        await using var server = await ScriptedServer.StartAsync(EventText.ThenSilent(EventText.Event(1)));
        using var client = server.Client();

        await EventText.TakeAsync(client.Events.FollowAsync(types: "PLAN_CREATED,PLAN_UPDATED", entity: "pln_1"), 1);

        Assert.Equal("/v1/events/stream?types=PLAN_CREATED%2CPLAN_UPDATED&entity=pln_1", server.Requests[0].Target);
        Assert.Equal("text/event-stream", server.Requests[0].Header("Accept"));
    }

    private static IEnumerable<long> Positions(int count) => Enumerable.Range(1, count).Select(i => (long)i);
}
