namespace Planning.Engine.Notifications;

/// <summary>Ends a wait early. Raised while nobody waits, it ends the next wait at once; raised often, it ends one.</summary>
public sealed class WakeUp(TimeProvider time)
{
    private TaskCompletionSource raised = New();

    public void Raise() => Volatile.Read(ref raised).TrySetResult();

    /// <summary>Waits for it, or for the time. Whoever waits looks afterwards, so what is raised just then is not missed.</summary>
    public async Task WaitAsync(TimeSpan within, CancellationToken cancellation)
    {
        try
        {
            await Volatile.Read(ref raised).Task.WaitAsync(within, time, cancellation);
        }
        catch (TimeoutException)
        {
            // Looking without having been woken.
        }
        Volatile.Write(ref raised, New());
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
