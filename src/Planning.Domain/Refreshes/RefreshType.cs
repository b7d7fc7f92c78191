using System.Collections.Immutable;

namespace Planning.Domain.Refreshes;

/// <summary>What people have in an environment and can lose.</summary>
public enum Asset
{
    /// <summary>What is in its databases and files.</summary>
    Data = 1,
    Configuration,
    DeployedVersions,
    TestAccounts,

    /// <summary>Whoever is signed in, and jobs that run.</summary>
    Sessions,
}

/// <summary>What is done to an environment, and what that destroys unless it is kept.</summary>
/// <param name="Name">As stored and on the wire.</param>
/// <param name="Needs">What it destroys by its nature: this cannot be kept.</param>
/// <param name="Takes">What else it destroys, unless it is kept.</param>
public sealed record RefreshType(string Name, ImmutableSortedSet<Asset> Needs, ImmutableSortedSet<Asset> Takes)
{
    /// <summary>Its data are replaced by a copy of production's.</summary>
    public static RefreshType DatabaseCopy { get; } = new("database_copy", [Asset.Data, Asset.Sessions], [Asset.TestAccounts]);

    /// <summary>Its programs are deployed anew, as production has them.</summary>
    public static RefreshType Redeployment { get; } = new("redeployment", [Asset.DeployedVersions, Asset.Sessions], [Asset.Configuration]);

    /// <summary>It is built from nothing.</summary>
    public static RefreshType Reset { get; } = new("reset", [Asset.Data, Asset.Configuration, Asset.DeployedVersions, Asset.Sessions], [Asset.TestAccounts]);

    public static ImmutableArray<RefreshType> All { get; } = [DatabaseCopy, Redeployment, Reset];

    public static RefreshType? Find(string name) => All.FirstOrDefault(type => type.Name == name);
}
