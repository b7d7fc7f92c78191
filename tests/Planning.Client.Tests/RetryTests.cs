using System.Diagnostics;
using System.Net;
using Planning.Client.Tests.Support;
using Planning.Contracts;

namespace Planning.Client.Tests;

/// <summary>What is tried again, when, and how it ends.</summary>
public sealed class RetryTests
{
    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task An_answer_that_speaks_of_a_passing_state_is_not_the_last_word(int status)
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Refusal(status), Steps.Plan());
        using var client = server.Client();

        await client.Plans.CreateAsync(Samples.NewPlan);
        await client.Plans.GetAsync("pln_1");

        Assert.Equal(["POST", "POST", "GET"], server.Requests.Select(r => r.Method));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(412)]
    [InlineData(422)]
    [InlineData(500)]
    [InlineData(501)]
    public async Task A_command_that_was_refused_or_broke_the_server_is_not_sent_again(int status)
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Refusal(status), Steps.Plan());
        using var client = server.Client();

        var refused = await Assert.ThrowsAsync<PlanningApiException>(() => client.Plans.CreateAsync(Samples.NewPlan));

        Assert.Equal((HttpStatusCode)status, refused.Status);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_pause_that_the_server_asks_for_is_kept()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Refusal(503, retryAfter: "1"), Steps.Plan());
        using var client = server.Client();

        await client.Plans.CreateAsync(Samples.NewPlan);

        var pause = Stopwatch.GetElapsedTime(server.Requests[0].AtTicks, server.Requests[1].AtTicks);
        Assert.True(pause >= TimeSpan.FromMilliseconds(950), $"The second try came after {pause}.");
    }

    [Fact]
    public async Task A_pause_longer_than_the_caller_has_patience_for_is_told_in_place_of_kept()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Refusal(503, retryAfter: "3600"), Steps.Plan());
        using var client = server.Client();

        var refused = await Assert.ThrowsAsync<PlanningApiException>(() => client.Plans.CreateAsync(Samples.NewPlan));

        Assert.Equal(TimeSpan.FromHours(1), refused.RetryAfter);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_last_refusal_is_told_when_all_tries_are_used_up()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Refusal(503, "log_unavailable"));
        using var client = server.Client(o => o.MaxRetries = 2);

        var refused = await Assert.ThrowsAsync<PlanningApiException>(() => client.Plans.CreateAsync(Samples.NewPlan));

        Assert.Equal("log_unavailable", refused.Code);
        Assert.Equal(server.Requests[0].Key, refused.IdempotencyKey);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_client_without_retries_tries_once()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Refusal(503), Steps.Plan());
        using var client = server.Client(o => o.MaxRetries = 0);

        await Assert.ThrowsAsync<PlanningApiException>(() => client.Plans.CreateAsync(Samples.NewPlan));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_in_a_sentence_with_its_address()
    {
        Uri address;
        await using (var server = await ScriptedServer.StartAsync(Steps.Plan()))
            address = server.Address;
        using var client = new PlanningClient(new PlanningClientOptions { BaseAddress = address, MaxRetries = 2, RetryDelay = TimeSpan.FromMilliseconds(1) });

        var lost = await Assert.ThrowsAsync<PlanningConnectionException>(
            () => client.Plans.CreateAsync(Samples.NewPlan, new CommandOptions { IdempotencyKey = "import-7" }));

        Assert.Equal((3, "import-7"), (lost.Attempts, lost.IdempotencyKey));
        Assert.StartsWith($"There is no connection to {address}:", lost.Message, StringComparison.Ordinal);
        Assert.Contains("It was tried 3 times.", lost.Message, StringComparison.Ordinal);
        Assert.Contains("import-7", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_try_that_takes_too_long_is_given_up_and_tried_again()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Hang, Steps.Plan());
        using var client = server.Client(o => o.AttemptTimeout = TimeSpan.FromMilliseconds(300));

        Assert.Equal("pln_1", (await client.Plans.CreateAsync(Samples.NewPlan)).Id);

        Assert.Equal(server.Requests[0].Key, server.Requests[1].Key);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_told_with_the_time_that_was_waited()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Hang);
        using var client = server.Client(o => (o.AttemptTimeout, o.MaxRetries) = (TimeSpan.FromMilliseconds(100), 1));

        var lost = await Assert.ThrowsAsync<PlanningConnectionException>(() => client.Plans.GetAsync("pln_1"));

        Assert.Equal(2, lost.Attempts);
        Assert.Contains("did not answer GET v1/plans/pln_1 within 0.1 s", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_out_of_a_callers_own_http_client_is_a_connection_that_failed()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Hang);
        using var http = new HttpClient { Timeout = TimeSpan.FromMilliseconds(100) };
        using var client = new PlanningClient(http, new PlanningClientOptions { BaseAddress = server.Address, MaxRetries = 0 });

        await Assert.ThrowsAsync<PlanningConnectionException>(() => client.Plans.GetAsync("pln_1"));
    }

    [Theory]
    [InlineData("drop")]
    [InlineData("503")]
    [InlineData("timeout")]
    public async Task An_api_key_that_may_have_been_made_is_not_made_again(string how)
    {
        await using var server = await ScriptedServer.StartAsync(how switch { "drop" => Steps.DropInTheAnswer, "503" => Steps.Refusal(503), _ => Steps.Hang }, Steps.Text(201, "{}"));
        // Long enough for the request to reach the server on a busy machine; only the one that hangs is waited for.
        using var client = server.Client(o => o.AttemptTimeout = TimeSpan.FromSeconds(how == "timeout" ? 2 : 30));

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => client.ApiKeys.CreateAsync(new CreateApiKeyRequest("ada", "person", ["planner"])));

        Assert.True(failure is PlanningApiException or PlanningConnectionException, failure.ToString());
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_api_key_that_was_not_made_for_too_many_requests_is_tried_again()
    {
        await using var server = await ScriptedServer.StartAsync(
            Steps.Refusal(429), Steps.Text(201, """{"key":{"key_id":"k1","holder":"ada","kind":"person","roles":[],"created_at":"2026-01-05T08:00:00Z"},"token":"plk_k1_x"}"""));
        using var client = server.Client();

        Assert.Equal("plk_k1_x", (await client.ApiKeys.CreateAsync(new CreateApiKeyRequest("ada", "person", ["planner"]))).Token);
    }

    [Fact]
    public async Task What_is_gone_when_its_removal_is_repeated_went_the_first_time()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Refusal(503), Steps.Refusal(404, "person_not_found"));
        using var client = server.Client();

        await client.Persons.EraseAsync("ada");

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task What_was_never_there_cannot_be_removed()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Refusal(404, "person_not_found"));
        using var client = server.Client();

        Assert.Equal("person_not_found", (await Assert.ThrowsAsync<PlanningApiException>(() => client.Persons.EraseAsync("ada"))).Code);
    }
}
