using Planning.Client.Tests.Support;

namespace Planning.Client.Tests;

/// <summary>A caller that has had enough is let go.</summary>
public sealed class CancellationTests
{
    [Fact]
    public async Task A_cancelled_call_ends_and_the_server_is_told()
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ScriptedServer.StartAsync(Steps.HangUntilGone(gone));
        using var client = server.Client();
        using var stop = new CancellationTokenSource();

        var call = client.Plans.CreateAsync(Samples.NewPlan, cancellation: stop.Token);
        await server.ArrivalAsync();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_between_two_tries_is_not_tried_again()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Refusal(503, retryAfter: "25"), Steps.Plan());
        using var client = server.Client();
        using var stop = new CancellationTokenSource();

        var call = client.Plans.CreateAsync(Samples.NewPlan, cancellation: stop.Token);
        await server.ArrivalAsync();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_begins_sends_nothing()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Plan());
        using var client = server.Client();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Plans.CreateAsync(Samples.NewPlan, cancellation: new CancellationToken(canceled: true)));

        Assert.Empty(server.Requests);
    }
}
