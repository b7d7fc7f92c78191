namespace Planning.Postgres.Private;

/// <summary>One run of PostgreSQL, from ready to gone. It may have been started by us or by a process that is no more.</summary>
internal sealed class Postmaster(int processId, bool adopted, TimeProvider time)
{
    /// <summary>After an immediate shutdown, when nothing has come of that: PostgreSQL itself gives its children five seconds.</summary>
    public static readonly TimeSpan KillAfter = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    // Once it is gone its number may become another program's, which is none of our business.
    private volatile bool _gone;

    public int ProcessId { get; } = processId;

    public bool Adopted { get; } = adopted;

    /// <summary>
    /// Completes when the process is gone. It is looked for rather than waited for: a process is waited for only by its parent,
    /// and an adopted one has another.
    /// </summary>
    public async Task WaitForExitAsync(CancellationToken cancellation)
    {
        while (!_gone && Posix.IsAlive(ProcessId))
            await Task.Delay(Look, time, cancellation);
        _gone = true;
    }

    /// <summary>Asks for a fast shutdown and does not wait for it.</summary>
    public void RequestStop() => Signal(Posix.FastShutdown);

    /// <summary>A fast shutdown; when that takes too long, an immediate one; and when it does not listen at all, none that it is asked for.</summary>
    /// <returns>False when it had to be ended.</returns>
    public async Task<bool> StopAsync(TimeSpan timeout)
    {
        RequestStop();
        using var limit = new CancellationTokenSource(timeout, time);
        try
        {
            await WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            Signal(Posix.ImmediateShutdown);
        }
        using var patience = new CancellationTokenSource(KillAfter, time);
        try
        {
            await WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Signal(Posix.Kill);
            await WaitForExitAsync(CancellationToken.None);
        }
        return false;
    }

    private void Signal(int signal)
    {
        if (!_gone)
            Posix.Signal(ProcessId, signal);
    }
}
