using Planning.Domain;

namespace Planning.Grains.Workspaces;

/// <summary>The stream of a workspace's events. It is the fast way, never the only one: the log is the carrier of record.</summary>
public static class WorkspaceStream
{
    public const string Provider = "workspaces";

    /// <summary>On the wire between silos of different releases; it never changes.</summary>
    public const string Namespace = "workspace-events";

    public static StreamId Of(WorkspaceId workspace) => StreamId.Create(Namespace, workspace.Value);
}
