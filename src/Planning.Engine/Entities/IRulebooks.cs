using Planning.Domain;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Entities;

/// <summary>The rulebooks of workspaces, read and checked.</summary>
public interface IRulebooks
{
    /// <summary>The one that holds now; the shipped one where a workspace has none of its own.</summary>
    ValueTask<Rulebook> ActiveAsync(WorkspaceId workspace, CancellationToken cancellation);

    /// <summary>One that holds or held, by its hash.</summary>
    /// <exception cref="KeyNotFoundException">No such rulebook was ever active in the workspace.</exception>
    ValueTask<Rulebook> ByHashAsync(WorkspaceId workspace, ContentHash hash, CancellationToken cancellation);
}
