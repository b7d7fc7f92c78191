namespace Planning.Cluster.Tests;

/// <summary>One cluster at a time: each wants the whole machine for its load, and some tests kill the database of all.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Clusters
{
    public const string Name = "clusters";
}

/// <summary>Tests that share one cluster.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SharedCluster : ICollectionFixture<SmallCluster>
{
    public const string Name = "shared cluster";
}
