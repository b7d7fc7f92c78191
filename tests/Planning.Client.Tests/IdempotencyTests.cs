using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Planning.Client.Tests.Support;
using Planning.Contracts;

namespace Planning.Client.Tests;

/// <summary>One command is one command, however often it is sent.</summary>
public sealed class IdempotencyTests
{
    [Fact]
    public async Task One_key_and_one_body_are_kept_over_all_tries()
    {
        await using var server = await ScriptedServer.StartAsync(
            Steps.Drop, Steps.Refusal(503, retryAfter: "0"), Steps.DropInTheAnswer, Steps.Refusal(429, retryAfter: "0"), Steps.Plan(status: 201));
        using var client = server.Client();

        var plan = await client.Plans.CreateAsync(Samples.NewPlan);

        Assert.Equal("pln_1", plan.Id);
        Assert.Equal(5, server.Requests.Count);
        Assert.Single(server.Requests.Select(r => r.Key).Distinct());
        Assert.Single(server.Requests.Select(r => Convert.ToHexString(r.Body)).Distinct());
        Assert.False(string.IsNullOrEmpty(server.Requests[0].Key));
    }

    [Fact]
    public async Task An_answer_that_was_lost_makes_no_second_plan()
    {
        var plans = new ConcurrentDictionary<string, PlanView>();
        await using var server = await ScriptedServer.StartAsync(
            http =>
            {
                Keep(http);
                return Steps.DropInTheAnswer(http);
            },
            http => Steps.Json(Keep(http), json => json.PlanView, 201)(http));
        using var client = server.Client();

        var plan = await client.Plans.CreateAsync(Samples.NewPlan);

        Assert.Equal(plan.Id, Assert.Single(plans).Value.Id);

        PlanView Keep(HttpContext http) => plans.GetOrAdd(http.Request.Headers[PlanningHeaders.IdempotencyKey].ToString(), key => Samples.Plan("pln_" + key));
    }

    [Fact]
    public async Task Two_commands_have_two_keys()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Plan());
        using var client = server.Client();

        await client.Plans.CreateAsync(Samples.NewPlan);
        await client.Plans.CreateAsync(Samples.NewPlan);

        Assert.NotEqual(server.Requests[0].Key, server.Requests[1].Key);
    }

    [Fact]
    public async Task A_key_that_the_caller_gives_is_the_one_that_is_sent()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Drop, Steps.Plan());
        using var client = server.Client();

        await client.Plans.UpdateAsync("pln_1", new UpdatePlanRequest("New"), new CommandOptions { IdempotencyKey = "import-7", IfVersion = 12 });

        Assert.All(server.Requests, r => Assert.Equal(("import-7", "\"12\""), (r.Key, r.Header("If-Match"))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("with/slash")]
    [InlineData("with space")]
    [InlineData("ümlaut")]
    public async Task A_key_that_the_server_would_refuse_is_refused_before_it_is_sent(string key)
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Plan());
        using var client = server.Client();

        await Assert.ThrowsAsync<ArgumentException>(() => client.Plans.CreateAsync(Samples.NewPlan, new CommandOptions { IdempotencyKey = key }));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_read_has_no_key()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Plan());
        using var client = server.Client();

        await client.Plans.GetAsync("pln_1");

        Assert.Null(server.Requests[0].Key);
    }
}
