using Planning.Client;
using Planning.Contracts;
using Planning.Gateway.Tests.Support;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>What the SDK promises beyond single requests, kept against the real gateway.</summary>
public sealed class ClientOutcomeTests : IAsyncLifetime
{
    private readonly Asked asked = new();
    private Backend backend = null!;
    private PlanningClient ada = null!;
    private PlanView plan = null!;

    public async Task InitializeAsync()
    {
        backend = await Backend.StartAsync();
        ada = new PlanningClient(new HttpClient(asked), new PlanningClientOptions
        {
            BaseAddress = backend.Address,
            Actor = "ada",
            LongPoll = TimeSpan.FromSeconds(1),
            ReconnectDelay = TimeSpan.FromMilliseconds(1),
        });
        plan = await backend.NewPlanAsync();
    }

    public async Task DisposeAsync()
    {
        await backend.DisposeAsync();
        asked.Dispose();
    }

    [Fact]
    public async Task What_a_client_writes_its_next_list_shows()
    {
        for (var i = 0; i < 20; i++)
        {
            var made = await ada.Plans.CreateAsync(new CreatePlanRequest($"Plan {i}", "s"));
            Assert.Contains((await ada.Plans.ListAsync()).Items, p => p.Id == made.Id);
        }
    }

    [Fact]
    public async Task Waiting_for_longer_than_one_request_leaves_one_gate_run_and_its_outcome()
    {
        await ada.Artifacts.AttachAsync(plan.Id, "a.md", "SLOW"u8.ToArray());
        var outcome = ada.Transitions.OutcomeOfAsync(plan.Id, "validate_complete");
        await asked.NextAsync();
        await asked.NextAsync();

        backend.Validator.Release();

        Assert.Equal("READY_FOR_HANDOFF", Assert.IsType<TransitionResult.Moved>(await outcome).Transition.To);
        Assert.Single((await ada.Events.ListAsync(types: "GATE_STARTED")).Events);
    }

    [Fact]
    public async Task A_withdrawal_ends_the_wait_for_a_gate()
    {
        await ada.Artifacts.AttachAsync(plan.Id, "a.md", "SLOW"u8.ToArray());
        var outcome = ada.Transitions.OutcomeOfAsync(plan.Id, "validate_complete");
        await FirstAsync("GATE_STARTED");

        await ada.Transitions.RequestAsync(plan.Id, "withdraw", "No longer wanted.");

        Assert.Equal("transition_abandoned", Assert.IsType<TransitionResult.Stayed>(await outcome).Problem.Code);
    }

    [Fact]
    public async Task Pages_and_stream_tell_the_same_events()
    {
        for (var i = 0; i < 5; i++)
            await ada.Plans.UpdateAsync(plan.Id, new UpdatePlanRequest(Title: $"Title {i}"));
        var paged = new List<string>();
        await foreach (var item in ada.Events.ListAllAsync())
            paged.Add(item.Id);

        var followed = new List<string>();
        await foreach (var item in ada.Events.FollowAsync(after: "0"))
        {
            followed.Add(item.Id);
            if (followed.Count == paged.Count)
                break;
        }

        Assert.Equal(7, paged.Count);
        Assert.Equal(paged, followed);
    }

    private async Task FirstAsync(string type)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await foreach (var item in ada.Events.FollowAsync(after: "0", types: type, cancellation: patience.Token))
            return;
    }

    /// <summary>Tells of each request for a transition as it goes out.</summary>
    private sealed class Asked() : DelegatingHandler(new SocketsHttpHandler())
    {
        private readonly SemaphoreSlim requests = new(0);

        public async Task NextAsync() => Assert.True(await requests.WaitAsync(TimeSpan.FromSeconds(30)), "No request for a transition went out.");

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/transitions", StringComparison.Ordinal))
                requests.Release();
            return base.SendAsync(request, cancellationToken);
        }

        protected override void Dispose(bool disposing)
        {
            requests.Dispose();
            base.Dispose(disposing);
        }
    }
}
