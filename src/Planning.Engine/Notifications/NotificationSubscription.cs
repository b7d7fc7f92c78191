using Planning.Domain;
using Planning.Domain.Environments;

namespace Planning.Engine.Notifications;

/// <summary>What a target is told. All conditions must hold; one that is empty holds always.</summary>
/// <param name="Id"><c>sub_…</c>.</param>
/// <param name="Group">Of its target.</param>
/// <param name="Events">Types such as <c>BOOKING_MADE</c>, and families such as <c>BOOKING_*</c>; at least one.</param>
/// <param name="Environments">These, and everything below them.</param>
/// <param name="Groups">Environments that one of these groups owns or uses.</param>
/// <param name="CreatedAt">What happened before is not told.</param>
public sealed record NotificationSubscription(
    WorkspaceId Workspace, string Id, string TargetId, string Group, IReadOnlyList<string> Events, IReadOnlyList<EnvironmentId> Environments, IReadOnlyList<string> Groups,
    PersonId CreatedBy, DateTimeOffset CreatedAt)
{
    /// <summary>Subscriptions of one target, at most.</summary>
    public const int MaxPerTarget = 50;

    /// <summary>Entries of each of its lists, at most.</summary>
    public const int MaxConditions = 50;

    /// <summary>Whether the type and the time fit: what is known before anybody is asked about environments.</summary>
    public bool MayWant(string eventType, DateTimeOffset at) => at >= CreatedAt && Events.Any(wanted => EventFamily.Contains(wanted, eventType));

    /// <summary>Whether it is told of something in an environment, which its group may see.</summary>
    public bool Wants(PlacedEnvironment about) =>
        about.IsSeenBy(Group)
        && (Environments.Count == 0 || Environments.Any(about.Path.Contains))
        && (Groups.Count == 0 || Groups.Any(about.IsSeenBy));
}

/// <summary>An environment as it is when something is told about it.</summary>
/// <param name="Path">Itself and everything above it.</param>
/// <param name="AlsoTold">Groups that may know of what has happened, whether or not the environment is theirs.</param>
public sealed record PlacedEnvironment(SharedEnvironment Environment, IReadOnlySet<EnvironmentId> Path, IReadOnlySet<string>? AlsoTold = null)
{
    public bool IsSeenBy(string group) => Environment.OwnerGroup == group || Environment.UserGroups.Contains(group) || AlsoTold?.Contains(group) == true;
}
