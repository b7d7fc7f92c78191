using System.Collections.Immutable;

namespace Planning.Domain.Refreshes;

/// <summary>How much a refresh breaks; decides what its approval asks of the approver.</summary>
public enum ImpactLevel
{
    /// <summary>Nothing that took anybody work.</summary>
    Low = 1,

    /// <summary>Programs or their configuration.</summary>
    Medium,

    /// <summary>Data or accounts of one environment.</summary>
    High,

    /// <summary>Data together with everything below the environment, or an environment built from nothing.</summary>
    Critical,
}

/// <summary>What a refresh reaches: which assets, and whether those below the environment, too.</summary>
public sealed record ImpactScope(ImmutableSortedSet<Asset> Destroys, bool WithChildren)
{
    /// <param name="keep">Of what the type would take, what is kept.</param>
    /// <returns>The scope, or which of the assets cannot be kept.</returns>
    public static (ImpactScope? Scope, Rejection? Refused) Of(RefreshType type, ImmutableSortedSet<Asset> keep, bool withChildren)
    {
        var cannot = keep.Intersect(type.Needs);
        if (!cannot.IsEmpty)
            return (null, Rejection.Invalid(
                "asset_cannot_be_kept",
                $"A {type.Name} cannot keep {Named(cannot)}: that is what it replaces. It can keep {(type.Takes.IsEmpty ? "nothing" : Named(type.Takes))}."));
        return (new ImpactScope(type.Needs.Union(type.Takes).Except(keep), withChildren), null);
    }

    public ImpactLevel Level =>
        Destroys.Contains(Asset.Data) && (WithChildren || Destroys.Contains(Asset.Configuration)) ? ImpactLevel.Critical
        : Destroys.Contains(Asset.Data) || Destroys.Contains(Asset.TestAccounts) ? ImpactLevel.High
        : Destroys.Contains(Asset.DeployedVersions) || Destroys.Contains(Asset.Configuration) ? ImpactLevel.Medium
        : ImpactLevel.Low;

    public bool Equals(ImpactScope? other) => other is not null && WithChildren == other.WithChildren && Destroys.SetEquals(other.Destroys);

    public override int GetHashCode() => HashCode.Combine(WithChildren, Destroys.Count);

    private static string Named(IEnumerable<Asset> assets) => string.Join(", ", assets.Select(asset => Snake.Case(asset.ToString())));
}
