using System.Net;
using Planning.Client.Tests.Support;
using Planning.Contracts;

namespace Planning.Client.Tests;

/// <summary>What callers learn of a refusal.</summary>
public sealed class ProblemTests
{
    [Fact]
    public async Task Every_member_of_a_problem_document_is_there()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Text(
            422,
            """
            {"type":"https://planning.example/errors/rulebook_invalid","title":"Rulebook invalid","status":422,"detail":"The rulebook has 1 error.","code":"rulebook_invalid",
             "errors":[{"code":"unknown_name","message":"There is no tag 'x'.","source":"/rules/0","file":"governance.yaml","line":7,"column":3}],
             "trace_id":"4bf92f","version":3,"position":99,"a_new_member":true}
            """,
            "application/problem+json"));
        using var client = server.Client();

        var e = await Assert.ThrowsAsync<PlanningApiException>(() => client.Rulebook.ActivateAsync(new Dictionary<string, string>()));

        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, "rulebook_invalid", "Rulebook invalid", "The rulebook has 1 error.", "4bf92f", (long?)3, (long?)99),
            (e.Status, e.Code, e.Title, e.Detail, e.TraceId, e.Problem.Version, e.Problem.Position));
        Assert.Equal(new ProblemError("unknown_name", "There is no tag 'x'.", "/rules/0", "governance.yaml", 7, 3), Assert.Single(e.Errors));
        Assert.Equal("rulebook_invalid: The rulebook has 1 error.\n- There is no tag 'x'. (/rules/0) in governance.yaml, line 7", e.Message);
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>", "text/html")]
    [InlineData("{\"message\":\"no\"}", "application/json")]
    [InlineData("{broken", "application/problem+json")]
    [InlineData("", "application/json")]
    public async Task A_refusal_that_is_not_the_apis_still_has_a_code_and_a_sentence(string body, string contentType)
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Text(502, body, contentType));
        using var client = server.Client(o => o.MaxRetries = 0);

        var e = await Assert.ThrowsAsync<PlanningApiException>(() => client.Plans.GetAsync("pln_1"));

        Assert.Equal(("http_502", HttpStatusCode.BadGateway), (e.Code, e.Status));
        Assert.Contains("502", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>Welcome</html>", "text/html")]
    [InlineData("null", "application/json")]
    [InlineData("{\"version\":\"one\"}", "application/json")]
    public async Task A_success_that_is_not_the_apis_is_no_success(string body, string contentType)
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Text(200, body, contentType));
        using var client = server.Client();

        var e = await Assert.ThrowsAsync<PlanningApiException>(() => client.Plans.GetAsync("pln_1"));

        Assert.Equal("answer_unreadable", e.Code);
        Assert.Contains(contentType, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_with_a_command()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Text(302, "", "text/plain", ("Location", "/elsewhere")), Steps.Plan());
        using var client = server.Client();

        Assert.Equal("http_302", (await Assert.ThrowsAsync<PlanningApiException>(() => client.Plans.CreateAsync(Samples.NewPlan))).Code);

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task What_a_newer_server_adds_is_passed_over()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Text(200, """{"id":"pln_1","title":"A plan","mood":"good","version":7}"""));
        using var client = server.Client();

        Assert.Equal(7, (await client.Plans.GetAsync("pln_1")).Version);
    }

    [Fact]
    public async Task A_server_that_is_not_ready_says_so_without_an_exception()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Text(503, """{"status":"not_ready","checks":[{"name":"database","status":"failed","detail":"down"}]}"""));
        using var client = server.Client();

        var health = await client.Health.ReadyAsync();

        Assert.Equal(("not_ready", "database"), (health.Status, Assert.Single(health.Checks).Name));
        Assert.Equal("/health/ready", Assert.Single(server.Requests).Target);
    }
}
