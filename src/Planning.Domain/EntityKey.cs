namespace Planning.Domain;

/// <summary>The kinds of entity that have a history of their own in the log. The names are stored; they never change.</summary>
public enum EntityKind
{
    Plan = 1,
    GateRun = 2,
    Manifest = 3,
    Cycle = 4,
    Rulebook = 5,
    EnvironmentTree = 6,
    Refresh = 7,
}

/// <summary>Names one entity: its workspace, its kind and its id within both.</summary>
public readonly record struct EntityKey(WorkspaceId Workspace, EntityKind Kind, string Id)
{
    public static EntityKey Of(WorkspaceId workspace, PlanId id) => new(workspace, EntityKind.Plan, id.Value);
    public static EntityKey Of(WorkspaceId workspace, GateRunId id) => new(workspace, EntityKind.GateRun, id.Value);
    public static EntityKey Of(WorkspaceId workspace, ManifestId id) => new(workspace, EntityKind.Manifest, id.Value);
    public static EntityKey Of(WorkspaceId workspace, CycleId id) => new(workspace, EntityKind.Cycle, id.Value);

    public static EntityKey Of(WorkspaceId workspace, EnvironmentTreeId id) => new(workspace, EntityKind.EnvironmentTree, id.Value);

    public static EntityKey Of(WorkspaceId workspace, RefreshId id) => new(workspace, EntityKind.Refresh, id.Value);

    /// <summary>A workspace has exactly one rulebook entity, whose versions are its history.</summary>
    public static EntityKey RulebookOf(WorkspaceId workspace) => new(workspace, EntityKind.Rulebook, "rulebook");

    public override string ToString() => $"{Workspace}/{Kind}/{Id}";
}
