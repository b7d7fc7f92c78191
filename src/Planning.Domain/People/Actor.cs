namespace Planning.Domain;

public enum ActorKind
{
    Person,
    Service,

    /// <summary>The backend itself, when a reactor carries an event on.</summary>
    System,
}

public enum Role
{
    Planner,
    PlanningLead,
    TechnicalReviewer,
    Approver,
    Board,
    ReleaseManager,
    Executor,
    Operator,
    Auditor,
    Admin,
}

/// <summary>Who acts, with what rights. Equality ignores nothing: two credentials of one person share the person's id.</summary>
public sealed record Actor(PersonId Id, ActorKind Kind, IReadOnlyCollection<Role> Roles)
{
    public static Actor System { get; } = new(new PersonId("system"), ActorKind.System, []);

    /// <summary>The groups that the actor belongs to: what these own or may use is theirs to see.</summary>
    public IReadOnlyCollection<string> Groups { get; init; } = [];

    /// <summary>When the actor last proved who it is by a second factor, as the record of its credential says; null where that says nothing.</summary>
    public DateTimeOffset? StepUpAt { get; init; }

    public bool Has(Role role) => Roles.Contains(role);
}
