using Orleans.Streams;
using Orleans.Streams.Core;

namespace Planning.Cluster.Benchmarks.Plain;

[Alias("plain.plan")]
public interface IPlainPlanGrain : IGrainWithIntegerKey
{
    /// <summary>Stored and told when answered.</summary>
    [Alias("retitle")]
    Task<long> RetitleAsync(string title);

    /// <summary>Stored when answered.</summary>
    [Alias("store")]
    Task<long> StoreAsync(string title);
}

[Alias("plain.counter")]
public interface IPlainCounterGrain : IGrainWithStringKey
{
    [Alias("count")]
    Task<long> CountAsync();
}

/// <summary>One WriteStateAsync and one stream event a transition.</summary>
public sealed class PlainPlanGrain([PersistentState("plan", PlainSilo.Storage)] IPersistentState<PlainPlan> plan) : Grain, IPlainPlanGrain
{
    private IAsyncStream<PlainTransition> stream = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        stream = this.GetStreamProvider(PlainSilo.Streams)
            .GetStream<PlainTransition>(StreamId.Create(PlainCounterGrain.Namespace, PlainCounterGrain.KeyFor(this.GetPrimaryKeyLong())));
        return Task.CompletedTask;
    }

    public async Task<long> RetitleAsync(string title)
    {
        await StoreAsync(title);
        var now = plan.State;
        await stream.OnNextAsync(new PlainTransition($"pln_{this.GetPrimaryKeyLong()}", now.Version, now.Title, now.ChangedAt));
        return now.Version;
    }

    public async Task<long> StoreAsync(string title)
    {
        (plan.State.Title, plan.State.ChangedAt) = (title, TimeProvider.System.GetUtcNow());
        plan.State.Version++;
        await plan.WriteStateAsync();
        return plan.State.Version;
    }
}

/// <summary>Counts what arrives of its stream; a few streams share the plans, as workspaces would.</summary>
[ImplicitStreamSubscription(Namespace)]
public sealed class PlainCounterGrain : Grain, IPlainCounterGrain, IStreamSubscriptionObserver, IAsyncObserver<PlainTransition>
{
    public const string Namespace = "transitions";
    public const int Count = 16;

    private long arrived;

    public static string KeyFor(long plan) => $"{plan % Count}";

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<PlainTransition>().ResumeAsync(this);

    public Task<long> CountAsync() => Task.FromResult(arrived);

    public Task OnNextAsync(PlainTransition item, StreamSequenceToken? token = null)
    {
        arrived++;
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}
