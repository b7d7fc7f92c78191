namespace Planning.Cluster.Tests;

/// <summary>Two silos and a gateway for tests that ask them something and neither stop nor load them.</summary>
public sealed class SmallCluster : IAsyncLifetime
{
    internal ProcessCluster Processes { get; private set; } = null!;

    public async Task InitializeAsync() => Processes = await ProcessCluster.StartAsync(2);

    public async Task DisposeAsync() => await Processes.DisposeAsync();
}
