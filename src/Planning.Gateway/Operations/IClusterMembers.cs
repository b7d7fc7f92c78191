using Planning.Domain;

namespace Planning.Gateway.Operations;

/// <summary>Who runs entities, and which entity is where: for a host of several processes, which registers one and maps its routes.</summary>
public interface IClusterMembers
{
    /// <summary>All that joined and are not gone.</summary>
    /// <exception cref="TimeoutException">Nobody in the cluster answers.</exception>
    Task<IReadOnlyList<SiloView>> ListAsync(CancellationToken cancellation);

    /// <summary>The name of the silo that has the entity in memory, as last known; null when none has.</summary>
    /// <exception cref="TimeoutException">Nobody in the cluster answers.</exception>
    Task<string?> SiloOfAsync(EntityKey entity, CancellationToken cancellation);
}

/// <param name="Entities">In its memory; left out when it did not tell in time.</param>
public sealed record SiloView(string Name, string Address, string Status, DateTimeOffset Since, int? Entities);

public sealed record SiloList(IReadOnlyList<SiloView> Silos);

/// <param name="Silo">Left out while the entity is in no silo's memory.</param>
public sealed record PlacementView(EntityKind Kind, string Workspace, string Id, bool InMemory, string? Silo);
