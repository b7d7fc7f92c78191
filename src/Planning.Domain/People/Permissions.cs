using System.Collections.Frozen;

namespace Planning.Domain;

/// <summary>Everything that somebody can ask for; each has exactly one row in <see cref="Permissions"/>.</summary>
public enum Permission
{
    ReadWorkspace,
    EditPlan,
    AttachEvidence,
    RequestPlanning,
    RequestExecution,
    ReportExecution,
    ValidateResults,
    CloseLoop,
    Withdraw,
    Waive,
    Approve,
    DecideForBoard,
    SignAsLead,
    SignAsReviewer,
    ManageCycles,
    ManageKeys,
    ManageRulebook,
    ManageRoles,
    Operate,
    ManageEnvironments,
    BookEnvironment,
    RequestRefresh,
    ApproveRefresh,
    RunRefresh,
    ReadAudit,
    ContinueProcess,
}

/// <summary>Roles × actions, as one table. A person may hold several roles; one that allows is enough.</summary>
public static class Permissions
{
    private static readonly FrozenDictionary<Permission, Role[]> Table = new Dictionary<Permission, Role[]>
    {
        [Permission.ReadWorkspace] = Enum.GetValues<Role>(),
        [Permission.EditPlan] = [Role.Planner, Role.PlanningLead],
        [Permission.AttachEvidence] = [Role.Planner, Role.PlanningLead, Role.TechnicalReviewer, Role.ReleaseManager, Role.Executor],
        [Permission.RequestPlanning] = [Role.Planner, Role.PlanningLead],
        [Permission.RequestExecution] = [Role.ReleaseManager],
        [Permission.ReportExecution] = [Role.Executor, Role.ReleaseManager],
        [Permission.ValidateResults] = [Role.ReleaseManager, Role.TechnicalReviewer],
        [Permission.CloseLoop] = [Role.Planner, Role.PlanningLead, Role.ReleaseManager],
        [Permission.Withdraw] = [Role.PlanningLead],
        [Permission.Waive] = [Role.PlanningLead],
        [Permission.Approve] = [Role.Approver],
        [Permission.DecideForBoard] = [Role.Board],
        [Permission.SignAsLead] = [Role.PlanningLead],
        [Permission.SignAsReviewer] = [Role.TechnicalReviewer],
        [Permission.ManageCycles] = [Role.PlanningLead, Role.ReleaseManager],
        [Permission.ManageKeys] = [Role.Admin],
        [Permission.ManageRulebook] = [Role.Admin],
        [Permission.ManageRoles] = [Role.Admin],
        [Permission.Operate] = [Role.Operator, Role.Admin],
        [Permission.ManageEnvironments] = [Role.ReleaseManager, Role.Admin],
        [Permission.BookEnvironment] = [Role.Planner, Role.PlanningLead, Role.ReleaseManager, Role.Executor],
        [Permission.RequestRefresh] = [Role.Planner, Role.PlanningLead, Role.ReleaseManager],
        [Permission.ApproveRefresh] = [Role.Approver],
        [Permission.RunRefresh] = [Role.Executor, Role.ReleaseManager],
        [Permission.ReadAudit] = [Role.Auditor],
        [Permission.ContinueProcess] = [],
    }.ToFrozenDictionary();

    /// <summary>What only a natural person may do, whatever roles a service was given.</summary>
    private static readonly FrozenSet<Permission> PersonsOnly =
        new[] { Permission.Approve, Permission.DecideForBoard, Permission.SignAsLead, Permission.SignAsReviewer, Permission.Waive, Permission.ApproveRefresh }.ToFrozenSet();

    public static IReadOnlyList<Role> RolesFor(Permission permission) => Table[permission];

    /// <summary>Null when allowed, else the refusal that names the roles that would do.</summary>
    public static Rejection? Refuse(Actor actor, Permission permission)
    {
        if (actor.Kind == ActorKind.System)
            return permission == Permission.ContinueProcess ? null : SystemOnlyContinues(permission);
        if (PersonsOnly.Contains(permission) && actor.Kind != ActorKind.Person)
            return Rejection.Forbidden("person_required", $"{Name(permission)} is for persons; {actor.Id} is a service. Ask a person to do it with a key of their own.");
        if (Table[permission].Any(actor.Has))
            return null;
        return Rejection.Forbidden(
            "role_missing",
            Table[permission].Length == 0
                ? $"{Name(permission)} is done by the backend itself, not on request."
                : $"{Name(permission)} needs the role {string.Join(" or ", Table[permission].Select(r => Snake.Case(r.ToString())))}; {actor.Id} has {Held(actor)}.");
    }

    private static Rejection SystemOnlyContinues(Permission permission) =>
        Rejection.Forbidden("system_not_allowed", $"The backend itself never does this: {Name(permission)}.");

    private static string Held(Actor actor) =>
        actor.Roles.Count == 0 ? "no role" : string.Join(", ", actor.Roles.Select(r => Snake.Case(r.ToString())));

    private static string Name(Permission permission) => Snake.Case(permission.ToString());
}
