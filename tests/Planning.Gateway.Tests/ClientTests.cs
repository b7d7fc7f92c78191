using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Planning.Client;
using Planning.Contracts;
using Planning.Gateway.Tests.Support;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>The SDK when things go wrong on the way.</summary>
public sealed class ClientTests
{
    [Fact]
    public async Task A_lost_answer_is_asked_for_again_under_the_same_key_and_has_one_effect()
    {
        await using var backend = await Backend.StartAsync();
        var plan = await backend.NewPlanAsync();
        using var lossy = new LossyHandler(loseAnswers: 3);
        var client = new PlanningClient(new HttpClient(lossy), Options(backend));

        var updated = await client.Plans.UpdateAsync(plan.Id, new UpdatePlanRequest(Title: "Once"));

        Assert.Equal(4, lossy.Keys.Count);
        Assert.Single(lossy.Keys.Distinct());
        Assert.Equal(plan.Version + 1, updated.Version);
        Assert.Equal(updated.Position, await backend.Log.HeadAsync(0, default));
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_is_worth_another_try_is_tried_again(int status)
    {
        await using var backend = await Backend.StartAsync();
        using var lossy = new LossyHandler(0, (HttpStatusCode)status, (HttpStatusCode)status);

        await new PlanningClient(new HttpClient(lossy), Options(backend)).Plans.ListAsync();

        Assert.Equal(3, lossy.Requests);
    }

    [Fact]
    public async Task A_refusal_is_not_tried_again_and_has_code_errors_and_trace()
    {
        await using var backend = await Backend.StartAsync();
        using var lossy = new LossyHandler(0);

        var refused = await Assert.ThrowsAsync<PlanningApiException>(() => new PlanningClient(new HttpClient(lossy), Options(backend)).Plans.GetAsync("pln_none"));

        Assert.Equal(1, lossy.Requests);
        Assert.Equal((HttpStatusCode.NotFound, "plan_not_found"), (refused.Status, refused.Code));
        Assert.NotEmpty(refused.TraceId!);
    }

    [Fact]
    public async Task An_answer_from_something_between_is_an_exception_that_says_so()
    {
        await using var backend = await Backend.StartAsync();
        using var lossy = new LossyHandler(0, HttpStatusCode.Gone);

        var refused = await Assert.ThrowsAsync<PlanningApiException>(() => new PlanningClient(new HttpClient(lossy), Options(backend)).Plans.GetAsync("x"));

        Assert.Equal((HttpStatusCode.Gone, "http_410"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task The_client_is_one_of_an_applications_services()
    {
        await using var backend = await Backend.StartAsync();
        var collection = new ServiceCollection();
        collection.AddPlanningClient(o => o.BaseAddress = backend.Address);
        await using var services = collection.BuildServiceProvider();

        Assert.Empty((await services.GetRequiredService<PlanningClient>().Plans.ListAsync()).Items);
    }

    [Fact]
    public async Task Rate_limits_are_told_as_problems_with_a_pause()
    {
        await using var backend = await Backend.StartAsync(new GatewayOptions { RateLimits = new RateLimits { Reads = 1 } });
        await backend.SendAsync(HttpMethod.Get, "/v1/plans");

        var refused = await backend.SendAsync(HttpMethod.Get, "/v1/plans");

        refused.MustBe(429, "rate_limited");
        Assert.Equal("1", refused.Headers["Retry-After"]);
    }

    private static PlanningClientOptions Options(Backend backend) => new() { BaseAddress = backend.Address, Actor = "ada", RetryDelay = TimeSpan.FromMilliseconds(1) };

    /// <summary>Answers some requests itself, and loses the answers of others after the server has done its work.</summary>
    private sealed class LossyHandler(int loseAnswers, params HttpStatusCode[] first) : DelegatingHandler(new SocketsHttpHandler())
    {
        private int lost;

        public int Requests { get; private set; }
        public List<string> Keys { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            if (request.Headers.TryGetValues("Idempotency-Key", out var keys))
                Keys.AddRange(keys);
            if (Requests <= first.Length)
                return new HttpResponseMessage(first[Requests - 1]) { Content = new StringContent("<html/>", Encoding.UTF8, "text/html") };
            var answer = await base.SendAsync(request, cancellationToken);
            if (lost++ >= loseAnswers)
                return answer;
            answer.Dispose();
            throw new HttpRequestException("The connection broke.");
        }
    }
}
