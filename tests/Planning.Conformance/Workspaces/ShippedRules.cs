using Planning.Domain;
using Planning.Domain.Rulebooks;
using Planning.Engine.Entities;
using Planning.Engine.Rulebooks;

namespace Planning.Conformance.Workspaces;

/// <summary>The rulebook that every workspace begins with.</summary>
public sealed class ShippedRules : IRulebooks
{
    public ValueTask<Rulebook> ActiveAsync(WorkspaceId workspace, CancellationToken cancellation) => new(DefaultRulebook.Load());

    public ValueTask<Rulebook> ByHashAsync(WorkspaceId workspace, ContentHash hash, CancellationToken cancellation) => new(DefaultRulebook.Load());
}
