using Planning.Engine.Log;

namespace Planning.Engine.Workspaces;

/// <summary>Committed events of one workspace on their way to a follower.</summary>
/// <param name="Epoch">Of the log, when they were read.</param>
/// <param name="Previous">Position of the workspace's event before the first; null where the sender does not know it.</param>
/// <param name="Events">In order, without holes within the workspace; at least one.</param>
public sealed record WorkspaceEvents(string Epoch, long? Previous, IReadOnlyList<StoredEvent> Events)
{
    public long Last => Events[^1].Position;
}
