using Planning.Client.Tests.Support;
using Planning.Contracts;

namespace Planning.Client.Tests;

/// <summary>What a client has written it reads.</summary>
public sealed class PositionTests
{
    private static readonly Page<PlanItem> Empty = new([]);

    [Fact]
    public async Task Lists_wait_for_the_highest_position_that_the_client_has_seen()
    {
        await using var server = await ScriptedServer.StartAsync(
            Steps.Plan(position: 41), Steps.Plan(position: 17), Steps.Json(Empty, json => json.PagePlanItem));
        using var client = server.Client();

        await client.Plans.CreateAsync(Samples.NewPlan);
        await client.Plans.CreateAsync(Samples.NewPlan);
        await client.Plans.ListAsync();

        Assert.Equal(41, client.LastPosition);
        Assert.Equal([null, null, "41"], server.Requests.Select(r => r.Header(PlanningHeaders.MinPosition)));
    }

    [Fact]
    public async Task A_refusal_with_events_of_its_own_has_a_position_too()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Text(409, "{}", "application/problem+json", (PlanningHeaders.Position, "8")));
        using var client = server.Client();

        await Assert.ThrowsAsync<PlanningApiException>(() => client.Plans.CreateAsync(Samples.NewPlan));

        Assert.Equal(8, client.LastPosition);
    }

    [Theory]
    [InlineData(null, "41")]
    [InlineData(7L, "41")]
    [InlineData(99L, "99")]
    public async Task A_position_that_the_caller_names_counts_where_it_is_later(long? asked, string sent)
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Plan(position: 41), Steps.Json(Empty, json => json.PagePlanItem));
        using var client = server.Client();

        await client.Plans.CreateAsync(Samples.NewPlan);
        await client.Plans.ListAsync(new PlanQuery(MinPosition: asked));

        Assert.Equal(sent, server.Requests[1].Header(PlanningHeaders.MinPosition));
    }

    [Fact]
    public async Task A_client_that_does_not_care_waits_for_nothing()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Plan(position: 41), Steps.Json(Empty, json => json.PagePlanItem));
        using var client = server.Client(o => o.ReadYourWrites = false);

        await client.Plans.CreateAsync(Samples.NewPlan);
        await client.Plans.ListAsync();

        Assert.Null(server.Requests[1].Header(PlanningHeaders.MinPosition));
    }

    [Fact]
    public async Task A_position_that_is_forgotten_is_not_waited_for()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Plan(position: 41), Steps.Json(Empty, json => json.PagePlanItem));
        using var client = server.Client();

        await client.Plans.CreateAsync(Samples.NewPlan);
        client.ForgetPosition();
        await client.Plans.ListAsync();

        Assert.Null(server.Requests[1].Header(PlanningHeaders.MinPosition));
    }
}
