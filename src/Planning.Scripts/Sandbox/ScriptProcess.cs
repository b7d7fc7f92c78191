using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace Planning.Scripts.Sandbox;

/// <summary>One started program, until nothing of it is left.</summary>
/// <param name="sweep">A user whose processes are all of this run, where no namespace holds them; null elsewhere.</param>
/// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
internal sealed class ScriptProcess(ProcessStartInfo start, int? sweep, ScriptOptions options, TimeProvider time) : IDisposable
{
    /// <summary>How often its memory is looked at.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>How often is looked whether all that was ended by force is gone.</summary>
    private static readonly TimeSpan GoneInterval = TimeSpan.FromMilliseconds(5);

    /// <summary>For what it wrote last, once it has ended; only a process that has got away can hold its output open for longer.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    /// <summary>The gate's own clock for a validator starts a little before that of the run, and may be the one that ends it.</summary>
    private const double NearlyAll = 0.9;

    /// <summary>Exit code of a program that was ended by force: the processor time is up, or the machine is out of memory.</summary>
    private const int Killed = 128 + 9;

    /// <summary>What unshare says instead, up to util-linux 2.38, where it cannot end itself in the same way; its exit code is then 1.</summary>
    private const string KilledText = "unshare: sigprocmask unblock failed";

    private const int MaxErrorText = 400;
    private const string Unwanted = "It was not wanted any more.";

    private readonly Process process = Process.Start(start)!;
    private readonly ConcurrentQueue<int> killed = new();
    private string? reason;

    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public async Task<Ran> EndAsync(ReadOnlyMemory<byte> input, TimeSpan limit, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        using var tooLong = new CancellationTokenSource(limit, time);
        await using var late = tooLong.Token.Register(() => Stop(TooLong(limit)));
        await using var unwanted = cancellation.Register(() => Stop(time.GetElapsedTime(began) >= limit * NearlyAll ? TooLong(limit) : Unwanted));
        using var ended = new CancellationTokenSource();
        var feeding = FeedAsync(input);
        var output = ReadAsync(process.StandardOutput.BaseStream, "output");
        var errors = ReadAsync(process.StandardError.BaseStream, "error output");
        var watching = WatchAsync(ended.Token);

        await process.WaitForExitAsync(CancellationToken.None);
        await ended.CancelAsync();
        // Children that it left behind end now, whether they hold its output open or not.
        ProcessTree.KillGroup(process.Id);
        if (sweep is { } user)
            ProcessTree.KillUser(user);
        await watching;
        await GoneAsync();
        await Task.WhenAll(output, errors, feeding).WaitAsync(Rest, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (reason == Unwanted)
            throw new OperationCanceledException(cancellation);
        if (reason is null && !output.IsCompleted)
            reason = "It left a process behind that holds its output open.";
        return reason is not null ? new Ran.Failed(reason)
            : process.ExitCode == 0 ? new Ran.Answered(await output)
            : new Ran.Failed(Ended(process.ExitCode, errors.IsCompleted ? await errors : default));
    }

    public void Dispose()
    {
        if (!process.HasExited)
            ProcessTree.Kill(process.Id);
        process.Dispose();
    }

    /// <summary>The first reason counts: what follows from it says nothing.</summary>
    private void Stop(string why)
    {
        Interlocked.CompareExchange(ref reason, why, null);
        if (!process.HasExited)
            ProcessTree.Kill(process.Id, killed.Enqueue);
    }

    /// <summary>What was ended by force stays for a moment, as the system takes back its memory, and counts among the processes of its user.</summary>
    private async Task GoneAsync()
    {
        for (var began = time.GetTimestamp(); killed.Any(ProcessTree.Runs) && time.GetElapsedTime(began) < Rest;)
            await Task.Delay(GoneInterval, time, CancellationToken.None);
    }

    private async Task FeedAsync(ReadOnlyMemory<byte> input)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It need not read what it is given.
        }
    }

    private Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, string name) => BoundedReader.ReadAsync(
        stream, options.MaxOutputBytes, () => Stop($"It wrote more to its {name} than max_output_bytes = {options.MaxOutputBytes}."));

    private async Task WatchAsync(CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            if (ProcessTree.ResidentBytes(process.Id) > options.MaxMemoryBytes)
                Stop($"It took more memory than max_memory_bytes = {options.MaxMemoryBytes}.");
            await Task.Delay(LookInterval, time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static string TooLong(TimeSpan limit) => $"It did not come to an end within {limit.TotalSeconds:0.###} s.";

    private string Ended(int exitCode, ReadOnlyMemory<byte> errors)
    {
        var said = Encoding.UTF8.GetString(errors.Span).Trim();
        if (exitCode == Killed || said.Contains(KilledText, StringComparison.Ordinal))
            return $"It was ended by the system: it took more than max_cpu_time = {options.MaxCpuTime.TotalSeconds:0} s of processor time, or the machine was out of memory.";
        // The last lines name the error; what comes before leads to it.
        var last = said.Length > MaxErrorText ? "…" + said[^MaxErrorText..] : said;
        return $"It ended with exit code {exitCode}{(last.Length > 0 ? $": {last}" : ", and wrote nothing to its error output")}";
    }
}
