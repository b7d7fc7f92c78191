using Planning.Domain;

namespace Planning.Engine.Reads;

/// <summary>Who looks at lists in which not everybody sees everything.</summary>
/// <param name="SeesAll">Whether groups do not matter: for admins and auditors.</param>
public sealed record Viewer(WorkspaceId Workspace, PersonId Person, IReadOnlyCollection<string> Groups, bool SeesAll)
{
    public static Viewer Of(WorkspaceId workspace, Actor actor) => new(workspace, actor.Id, actor.Groups, actor.Has(Role.Admin) || actor.Has(Role.Auditor));
}
