using System.Collections.Concurrent;
using Planning.Client;

namespace Planning.Crash.Tests.Support;

/// <summary>
/// A client that follows the event stream through every crash. What it has received is an effect like any other consumer's,
/// and it is what the teams wait for, so that nobody has to poll.
/// </summary>
internal sealed class EventWatcher : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Type, string Entity), TaskCompletionSource> awaited = new();
    private readonly ConcurrentQueue<string> received = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Task following;
    private long position;

    public EventWatcher(PlanningClient client) => following = FollowAsync(client);

    /// <summary>Event ids in the order of arrival.</summary>
    public IReadOnlyCollection<string> Received => [.. received];

    public long Position => Volatile.Read(ref position);

    /// <summary>Ends when an event of the type has come for the entity, also if it came before.</summary>
    public Task SeenAsync(string type, string entity, CancellationToken cancellation) => Awaited(type, entity).Task.WaitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private async Task FollowAsync(PlanningClient client)
    {
        await foreach (var item in client.Events.FollowAsync(after: "0", cancellation: stopping.Token))
        {
            if (item.Reset is { } reset)
                received.Enqueue($"reset: {reset.Reason}");
            if (item.Event is not { } happened)
                continue;
            received.Enqueue(happened.Event.Id);
            Volatile.Write(ref position, happened.Position);
            if (happened.Event.Type != "PLAN_UPDATED")
                Awaited(happened.Event.Type, happened.Event.Payload.GetProperty("entity_id").GetString()!).TrySetResult();
        }
    }

    private TaskCompletionSource Awaited(string type, string entity) =>
        awaited.GetOrAdd((type, entity), _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
