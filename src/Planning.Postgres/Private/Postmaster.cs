namespace Planning.Postgres.Private;

/// <summary>One run of PostgreSQL, from ready to gone. It may have been started by us or by a process that is no more.</summary>
internal sealed class Postmaster(int processId, bool adopted, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public int ProcessId { get; } = processId;

    public bool Adopted { get; } = adopted;

    /// <summary>
    /// Completes when the process is gone. It is looked for rather than waited for: a process is waited for only by its parent,
    /// and an adopted one has another.
    /// </summary>
    public async Task WaitForExitAsync(CancellationToken cancellation)
    {
        while (Posix.IsAlive(ProcessId))
            await Task.Delay(Look, time, cancellation);
    }

    /// <summary>A fast shutdown; when that takes too long, an immediate one.</summary>
    /// <returns>False when it had to be ended.</returns>
    public async Task<bool> StopAsync(TimeSpan timeout)
    {
        Posix.Signal(ProcessId, Posix.FastShutdown);
        using var limit = new CancellationTokenSource(timeout, time);
        try
        {
            await WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            Posix.Signal(ProcessId, Posix.ImmediateShutdown);
            await WaitForExitAsync(CancellationToken.None);
            return false;
        }
    }
}
