using Planning.Domain;
using Planning.Domain.Rulebooks;
using Planning.Engine.Entities;
using Planning.Engine.Rulebooks;

namespace Planning.Engine.Handoff.Packs;

/// <summary>The files of the rulebook that a manifest was made under.</summary>
internal static class PackRulebook
{
    /// <summary>From the workspace's own history, or the shipped one.</summary>
    /// <exception cref="PackSourceMissingException">The workspace never had it.</exception>
    public static async Task<IReadOnlyDictionary<string, ContentHash>> AddAsync(
        PackBlobStore packed, IEntityHost host, WorkspaceId workspace, ContentHash rulebook, CancellationToken cancellation)
    {
        var history = (RulebookHistory)(await host.ReadAsync(EntityKey.RulebookOf(workspace), cancellation)).State;
        if (history.All.TryGetValue(rulebook.Value, out var activated))
        {
            foreach (var (name, hash) in activated.Files)
                await packed.AddAsync(name, hash, cancellation);
            return activated.Files;
        }
        return DefaultRulebook.Files.Hash == rulebook
            ? packed.AddAll(DefaultRulebook.Files.Bytes)
            : throw new PackSourceMissingException($"No rulebook with the hash {rulebook} was ever active in this workspace.");
    }
}
