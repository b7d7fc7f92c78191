using Planning.Crash.Tests.Judge;
using Planning.Crash.Tests.Support;
using Planning.History;
using Planning.Testing;
using Xunit.Abstractions;

namespace Planning.Crash.Tests;

/// <summary>One data folder, the servers that come and go on it, and the load that they are under.</summary>
internal sealed class Trial : IAsyncDisposable
{
    private readonly TemporaryDataFolder folder;
    private readonly ITestOutputHelper output;
    private readonly Workload workload = new();

    private Trial(TemporaryDataFolder folder, ITestOutputHelper output) => (this.folder, this.output) = (folder, output);

    public HostProcess Host { get; private set; } = null!;

    public string PostmasterPidFile => Path.Combine(folder.Path, "postgres", "pg", "postmaster.pid");

    public int LogLength => workload.LogLength;

    public static async Task<Trial> BeginAsync(StoppedServer stopped, ITestOutputHelper output, params string[] more)
    {
        var trial = new Trial(await stopped.CopyAsync(), output);
        await trial.StartServerAsync(more);
        await trial.workload.PrepareAsync();
        return trial;
    }

    /// <summary>A server on the same folder; it adopts the database that the one before has left.</summary>
    public async Task StartServerAsync(params string[] more)
    {
        if (Host is not null)
            await EndHostAsync();
        Host = await HostProcess.StartAsync(folder.Path, more);
        workload.Ledger = new Ledger(Host.ConnectionString);
        workload.Availability.Up(Host.Url);
    }

    /// <summary>Waits for the server to end itself.</summary>
    public async Task ServerEndsAsync()
    {
        await Host.ExitAsync().WaitAsync(Scale.Patience);
        workload.Availability.Down();
    }

    public LoadUnderWay BeginLoad() => workload.BeginLoad();

    public Task<IReadOnlyList<Violation>> JudgeAsync(TimeSpan patience) => workload.JudgeAsync(patience);

    /// <summary>Stops the server in good order and judges what is left when nothing moves any more, read anew from the first event on.</summary>
    public Task<IReadOnlyList<Violation>> JudgeAtRestAsync() => workload.JudgeAtRestAsync(Host.StopAsync);

    public async ValueTask DisposeAsync()
    {
        await workload.DisposeAsync();
        await EndHostAsync();
        folder.Dispose();
    }

    /// <summary>What it logged, warnings and errors, is for whoever looks into a failure.</summary>
    private async Task EndHostAsync()
    {
        await Host.DisposeAsync();
        foreach (var line in Host.Log.TakeLast(Scale.LogLinesShown))
            output.WriteLine($"    {line}");
    }
}
