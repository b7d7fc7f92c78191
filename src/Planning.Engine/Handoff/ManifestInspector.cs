using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Handoff;
using Planning.Domain.Plans;
using Planning.Engine.Blobs;
using Planning.Engine.Entities;

namespace Planning.Engine.Handoff;

/// <summary>Looks whether a plan's manifest is sealed and whether every artifact still has the sealed checksum, byte for byte.</summary>
public sealed class ManifestInspector(IEntityHost host, IBlobStore blobs)
{
    /// <summary>Null when the plan has no current manifest.</summary>
    public async Task<ManifestFacts?> InspectAsync(EntityKey planKey, CancellationToken cancellation)
    {
        var plan = (Plan)(await host.ReadAsync(planKey, cancellation)).State;
        if (plan.Manifest is not { } id)
            return null;
        var manifest = (Manifest)(await host.ReadAsync(EntityKey.Of(planKey.Workspace, id), cancellation)).State;
        if (manifest.Created is not { } created)
            return null;

        var problems = ImmutableArray.CreateBuilder<Blocker>();
        var content = plan.Content.ToDictionary(a => a.Name, a => a.Hash, StringComparer.Ordinal);
        foreach (var (name, hash) in created.Checksums)
        {
            if (content.GetValueOrDefault(name) != hash)
                problems.Add(new Blocker("checksum_mismatch", $"{name}: sealed is {hash}, attached is {content.GetValueOrDefault(name)}.", "manifest"));
            else if (await blobs.GetAsync(planKey.Workspace, hash, cancellation) is null)
                problems.Add(new Blocker("artifact_damaged", $"{name}: the stored bytes are missing or no longer have the checksum {hash}. Restore them from the backup copy.", "manifest"));
        }
        return new ManifestFacts(id, manifest.IsSealed, problems.ToImmutable());
    }
}
