namespace Planning.Cluster.Tests;

/// <summary>One cluster at a time: each wants the whole machine for its load, and some tests kill the database of all.</summary>
[CollectionDefinition(Name)]
public sealed class Clusters
{
    public const string Name = "clusters";
}
