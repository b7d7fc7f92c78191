using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Streams;
using Orleans.Streams.Core;
using Planning.Domain;
using Planning.Engine.Log;
using Planning.Engine.Workspaces;

namespace Planning.Grains.Workspaces;

/// <summary>
/// Follows one workspace: what its stream brings is applied at once where it connects. Where it does not, on the first
/// message, and on a slow sweep when nothing was heard, the log is read. Its key is the workspace.
/// </summary>
[Reentrant]
public abstract partial class FollowerGrain<TFold>(FollowerOptions options, TimeProvider time, ILogger logger) : Grain, IFollowerGrain, IStreamSubscriptionObserver, IDisposable
    where TFold : class
{
    private readonly CancellationTokenSource stopping = new();
    private Task working = Task.CompletedTask;
    private bool wanted;
    private bool behind;
    private long swept = -1;

    protected WorkspaceId Workspace => new(this.GetPrimaryKeyString());

    protected abstract WorkspaceFollower<TFold> Follower { get; }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(
            SweepAsync, new GrainTimerCreationOptions { DueTime = options.SweepInterval, Period = options.SweepInterval, Interleave = true });
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose()
    {
        stopping.Dispose();
        GC.SuppressFinalize(this);
    }

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<EventsMessage>().ResumeAsync((message, _) => Hear(message));

    public ValueTask<StatusMessage> StatusAsync() => new(StatusMessage.Of(Follower.Status, RuntimeIdentity));

    /// <summary>What is to be done with the events that were applied; called again after it has failed.</summary>
    protected virtual Task AdvancedAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Called on each sweep in which nothing new was heard.</summary>
    protected virtual Task RestingAsync() => Task.CompletedTask;

    /// <summary>Has the log read in the background.</summary>
    protected void ReadOn()
    {
        behind = true;
        Work();
    }

    /// <summary>Waits until everything is applied that was committed up to the position, or before this call.</summary>
    /// <returns>Why it is not; null when it is.</returns>
    protected async ValueTask<string?> ReachAsync(long position)
    {
        if (Follower.IsCaughtUp && Follower.Position >= position)
            return null;
        try
        {
            using var limit = new CancellationTokenSource(options.ReadWait, time);
            await Follower.CatchUpAsync(limit.Token);
            return null;
        }
        catch (OperationCanceledException)
        {
            // It goes on without the one who asked.
            ReadOn();
            return $"The history of the workspace is still being read, {Follower.Status.Events:N0} events so far. Ask again in a moment.";
        }
        catch (LogUnavailableException away)
        {
            return away.Message;
        }
    }

    private Task Hear(EventsMessage message)
    {
        if (Follower.Offer(message.To(Workspace)))
            Work();
        else
            ReadOn();
        return Task.CompletedTask;
    }

    /// <summary>A stream that flows needs no second look.</summary>
    private async Task SweepAsync(CancellationToken cancellation)
    {
        var heard = Follower.Position != swept;
        swept = Follower.Position;
        if (heard)
            return;
        ReadOn();
        await working;
        await RestingAsync();
    }

    private void Work()
    {
        wanted = true;
        if (working.IsCompleted)
            working = WorkAsync();
    }

    private async Task WorkAsync()
    {
        try
        {
            for (; wanted; await Task.Yield())
            {
                wanted = false;
                if (behind)
                {
                    behind = false;
                    await Follower.CatchUpAsync(stopping.Token);
                }
                await AdvancedAsync(stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The grain leaves.
        }
        catch (Exception e)
        {
            // The next message or sweep tries again.
            behind = true;
            Stuck(logger, GetType().Name, Workspace.Value, Follower.Position, e);
        }
    }

    [LoggerMessage(EventId = 1702, Level = LogLevel.Warning, Message = "{Follower} of workspace {Workspace} could not go on after position {Position}; it tries again")]
    private static partial void Stuck(ILogger logger, string follower, string workspace, long position, Exception e);
}

/// <summary>What every follower tells of itself.</summary>
public interface IFollowerGrain : IGrainWithStringKey
{
    [Alias("status")]
    ValueTask<StatusMessage> StatusAsync();
}

/// <summary>How far a follower is, and where it runs.</summary>
[GenerateSerializer, Immutable, Alias("planning.follower_status")]
public sealed record StatusMessage(
    [property: Id(0)] string Silo, [property: Id(1)] long Position, [property: Id(2)] bool CaughtUp, [property: Id(3)] long Begun, [property: Id(4)] long Streamed,
    [property: Id(5)] long Read, [property: Id(6)] ulong Checksum, [property: Id(7)] double? DelayP50Ms, [property: Id(8)] double? DelayP99Ms)
{
    public static StatusMessage Of(FollowerStatus s, string silo) =>
        new(silo, s.Position, s.CaughtUp, s.Begun, s.Streamed, s.Read, s.Checksum, s.DelayP50Ms, s.DelayP99Ms);

    public FollowerStatus ToStatus() => new(Position, CaughtUp, Begun, Streamed, Read, Checksum, DelayP50Ms, DelayP99Ms);
}
