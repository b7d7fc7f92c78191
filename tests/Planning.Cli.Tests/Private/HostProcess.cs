using System.Diagnostics;
using System.Text.Json;

namespace Planning.Cli.Tests.Private;

/// <summary>Another process that holds a private PostgreSQL.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly Process _process;

    private HostProcess(Process process, JsonElement said)
    {
        _process = process;
        Server = said.GetProperty("server").GetInt32();
        ConnectionString = said.GetProperty("connection").GetString()!;
    }

    public int Id => _process.Id;

    public int Server { get; }

    public string ConnectionString { get; }

    public static async Task<HostProcess> StartAsync(string dataFolder)
    {
        var host = Path.Combine(AppContext.BaseDirectory, "Planning.TestHost.dll");
        var process = Process.Start(new ProcessStartInfo("dotnet", [host, dataFolder]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The host ended without a word.");
        return new HostProcess(process, JsonDocument.Parse(line).RootElement);
    }

    /// <summary>kill -9: no line of the host's code runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task TerminateAsync()
    {
        await Programs.TerminateAsync(Id);
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
