using Planning.Client.Tests.Support;
using Planning.Contracts;

namespace Planning.Client.Tests;

/// <summary>Lists are followed to their ends.</summary>
public sealed class PagingTests
{
    [Fact]
    public async Task Cursors_are_followed_from_page_to_page()
    {
        await using var server = await ScriptedServer.StartAsync(Page("a+/=&", "p1", "p2"), Page("c2"), Page(null, "p3"));
        using var client = server.Client();

        var ids = new List<string>();
        await foreach (var plan in client.Plans.ListAllAsync(new PlanQuery(Status: "PLANNED", Tag: "compliance:sox", Text: "a b")))
            ids.Add(plan.Id);

        Assert.Equal(["p1", "p2", "p3"], ids);
        Assert.Equal(
            [
                "/v1/plans?status=PLANNED&tag=compliance%3Asox&text=a%20b&limit=200",
                "/v1/plans?status=PLANNED&tag=compliance%3Asox&text=a%20b&limit=200&cursor=a%2B%2F%3D%26",
                "/v1/plans?status=PLANNED&tag=compliance%3Asox&text=a%20b&limit=200&cursor=c2",
            ],
            server.Requests.Select(r => r.Target));
    }

    [Fact]
    public async Task A_page_is_fetched_when_it_is_needed_and_not_before()
    {
        await using var server = await ScriptedServer.StartAsync(Page("c1", "p1"), Page(null, "p2"));
        using var client = server.Client();

        await foreach (var plan in client.Plans.ListAllAsync())
        {
            Assert.Equal("p1", plan.Id);
            break;
        }

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_page_that_fails_is_tried_again_without_a_doubled_item()
    {
        await using var server = await ScriptedServer.StartAsync(Page("c1", "p1"), Steps.DropInTheAnswer, Steps.Refusal(503), Page(null, "p2"));
        using var client = server.Client();

        var ids = new List<string>();
        await foreach (var plan in client.Plans.ListAllAsync())
            ids.Add(plan.Id);

        Assert.Equal(["p1", "p2"], ids);
    }

    private static Func<Microsoft.AspNetCore.Http.HttpContext, Task> Page(string? next, params string[] ids) =>
        Steps.Json(new Page<PlanItem>([.. ids.Select(Samples.Item)], next), json => json.PagePlanItem);
}
