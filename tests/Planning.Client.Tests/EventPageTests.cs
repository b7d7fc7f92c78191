using Planning.Client.Tests.Support;

namespace Planning.Client.Tests;

/// <summary>Events read page by page.</summary>
public sealed class EventPageTests
{
    [Fact]
    public async Task Pages_are_read_to_the_logs_end_also_over_one_that_is_empty()
    {
        await using var server = await ScriptedServer.StartAsync(Page("e1", 2, 1, 2), Page("e1", 200), Page("e1", 203, 203), Page("e1", 203));
        using var client = server.Client();

        var items = await EventText.TakeAsync(client.Events.ListAllAsync(types: "PLAN_UPDATED"), int.MaxValue);

        Assert.Equal(["e1:1", "e1:2", "e1:203"], items.Select(i => i.Id));
        Assert.Equal(["after=0", "after=2", "after=200", "after=203"], server.Requests.Select(r => r.Target.Split('?', '&')[1]));
    }

    [Fact]
    public async Task An_epoch_that_ends_between_two_pages_is_told()
    {
        await using var server = await ScriptedServer.StartAsync(Page("e1", 2, 1, 2), Page("e2", 2));
        using var client = server.Client();

        var items = await EventText.TakeAsync(client.Events.ListAllAsync(), int.MaxValue);

        Assert.Equal("e2", items[^1].Reset!.Epoch);
        Assert.Equal(3, items.Count);
    }

    private static Func<Microsoft.AspNetCore.Http.HttpContext, Task> Page(string epoch, long next, params long[] positions)
    {
        var events = positions.Select(p => EventText.Event(p).Split("data: ")[1].Trim());
        return Steps.Text(200, $$"""{"events":[{{string.Join(',', events)}}],"next_position":{{next}},"epoch":"{{epoch}}"}""");
    }
}
