using Microsoft.Extensions.Logging.Abstractions;
using Planning.Engine;
using Planning.InProcess;
using Planning.Postgres;
using Planning.Postgres.Leases;
using Planning.Postgres.Log;
using Planning.Postgres.Reads;

namespace Planning.Benchmarks.Engine;

/// <summary>The engine as the server runs it, without the gateway.</summary>
internal sealed class BenchmarkNode : IAsyncDisposable
{
    private readonly PostgresBackend postgres;

    private BenchmarkNode(PostgresBackend postgres, PlanningNode node) => (this.postgres, Node, Plans) = (postgres, node, new BenchmarkPlans(node.Host));

    public PlanningNode Node { get; }

    public BenchmarkPlans Plans { get; }

    public static async Task<BenchmarkNode> OpenAsync(string connectionString, Func<Backend, Backend>? wrap = null)
    {
        var opened = await PostgresBackend.OpenAsync(
            new DatabaseOptions { ConnectionString = connectionString }, new EventLogOptions(), new LeaseOptions(), new ReadModelOptions(),
            TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        return new BenchmarkNode(opened, new PlanningNode(
            wrap is null ? opened.Backend : wrap(opened.Backend), new PlanningNodeOptions(), "bench", TimeProvider.System, NullLoggerFactory.Instance));
    }

    /// <summary>Ends when every consumer has had every event; the node was started.</summary>
    public async Task CatchUpAsync()
    {
        var head = await Node.Backend.Log.HeadAsync(0, CancellationToken.None);
        await Task.WhenAll(Node.Progress.Consumers.Select(c => Node.Progress.WaitAsync(c, 0, head, CancellationToken.None)));
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await postgres.DisposeAsync();
    }
}
