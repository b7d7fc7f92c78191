using System.Diagnostics;
using Planning.Testing;

namespace Planning.Crash.Tests.Support;

/// <summary>A data folder that was made once by a server that then stopped; each test works on a copy, because making one takes seconds.</summary>
public sealed class StoppedServer : IAsyncLifetime
{
    private TemporaryDataFolder folder = null!;

    public async Task InitializeAsync()
    {
        folder = await TemporaryDataFolder.CreateAsync();
        await using var host = await HostProcess.StartAsync(folder.Path);
        await host.StopAsync();
    }

    public Task DisposeAsync()
    {
        folder.Dispose();
        return Task.CompletedTask;
    }

    public async Task<TemporaryDataFolder> CopyAsync()
    {
        var copy = await TemporaryDataFolder.CreateAsync();
        using var cp = Process.Start("cp", ["-a", folder.Path, copy.Path]);
        await cp.WaitForExitAsync();
        Assert.Equal(0, cp.ExitCode);
        return copy;
    }
}

/// <summary>One crash test at a time: each wants the whole machine for its load.</summary>
[CollectionDefinition(Name)]
public sealed class Crashes : ICollectionFixture<StoppedServer>
{
    public const string Name = "crashes";
}
