using System.Diagnostics;
using System.Globalization;
using Planning.Crash.Tests;

namespace Planning.Cluster.Tests;

/// <summary>A writer of the log that can be stopped with its transaction on the log's head open.</summary>
internal sealed class HeadHoldingProcess : IAsyncDisposable
{
    private readonly Process process;

    private HeadHoldingProcess(Process process) => this.process = process;

    public static HeadHoldingProcess Start(string database)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Planning.CrashHost.dll");
        return new HeadHoldingProcess(Process.Start(new ProcessStartInfo("dotnet", [program, "--hold-head", database])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false,
        })!);
    }

    public async Task HoldsHeadAsync() => Assert.Equal("holding", await SaidAsync());

    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>What became of its transaction: ended, or committed.</summary>
    public async Task<string> ThawAndCommitAsync()
    {
        await SignalAsync("CONT");
        process.StandardInput.Close();
        return await SaidAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task<string> SaidAsync() => (await process.StandardOutput.ReadLineAsync().WaitAsync(Scale.Patience))?.TrimStart('@', ' ') ?? "nothing";

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
