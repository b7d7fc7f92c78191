using Microsoft.Extensions.Logging.Abstractions;
using Planning.Postgres.Private;
using Planning.Testing;
using Xunit;

namespace Planning.Cli.Tests.Private;

/// <summary>A cluster that was made once and shut down; tests work on copies, because making one takes seconds.</summary>
public sealed class StoppedCluster : IAsyncLifetime
{
    private TemporaryDataFolder _folder = null!;

    public async Task InitializeAsync()
    {
        _folder = await TemporaryDataFolder.CreateAsync();
        await (await Start(_folder.Path)).DisposeAsync();
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    public async Task<TemporaryDataFolder> CopyAsync()
    {
        var copy = await TemporaryDataFolder.CreateAsync();
        await Programs.RunAsync("cp", "-a", _folder.Path, copy.Path);
        return copy;
    }

    public static Task<PrivatePostgres> Start(
        string folder, Func<PrivatePostgresOptions, PrivatePostgresOptions>? with = null, TimeProvider? time = null)
    {
        var options = new PrivatePostgresOptions { DataFolder = folder };
        return PrivatePostgres.StartAsync(with?.Invoke(options) ?? options, NullLogger.Instance, time);
    }
}
