using Microsoft.Extensions.Logging.Abstractions;
using Planning.Postgres.Private;

namespace Planning.Benchmarks.Harness;

/// <summary>The PostgreSQL to measure on: the one that was named, or a private one that is gone afterwards.</summary>
internal sealed class BenchmarkServer : IAsyncDisposable
{
    private readonly PrivatePostgres? server;
    private readonly string? folder;

    private BenchmarkServer(string connectionString, PrivatePostgres? server, string? folder) =>
        (ConnectionString, this.server, this.folder) = (connectionString, server, folder);

    public string ConnectionString { get; }

    public static async Task<BenchmarkServer> StartAsync(string? connectionString)
    {
        if (connectionString is not null)
            return new(connectionString, null, null);
        var data = Path.Combine(Path.GetTempPath(), $"planning-bench-{Environment.ProcessId}");
        var settings = new Dictionary<string, string> { ["shared_buffers"] = "512MB", ["max_wal_size"] = "8GB" };
        var started = await PrivatePostgres.StartAsync(new() { DataFolder = data, Settings = settings }, NullLogger.Instance);
        return new(started.ConnectionString, started, data);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        if (folder is not null)
            Directory.Delete(folder, recursive: true);
    }
}
