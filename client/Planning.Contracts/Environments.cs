namespace Planning.Contracts;

/// <summary>Once a week, in the environment's zone: when changes of it are expected.</summary>
/// <param name="Day">monday … sunday.</param>
/// <param name="Start">Local time.</param>
/// <param name="Minutes">1 to 10,080.</param>
public sealed record MaintenanceWindow(string Day, TimeOnly Start, int Minutes);

/// <param name="OwnerGroup">The group that decides over it; the caller is in it, or an admin.</param>
/// <param name="Zone">A name of the IANA database.</param>
/// <param name="Parent">The environment that it is a part of; without one it is the root of a new tree.</param>
/// <param name="UserGroups">Other groups that see it and may book it.</param>
public sealed record RegisterEnvironmentRequest(
    string Name, string OwnerGroup, string Zone, string? Parent = null, IReadOnlyList<string>? UserGroups = null, IReadOnlyList<MaintenanceWindow>? MaintenanceWindows = null);

/// <summary>What is not given stays.</summary>
public sealed record ChangeEnvironmentRequest(
    string? Name = null, string? OwnerGroup = null, string? Zone = null, IReadOnlyList<string>? UserGroups = null, IReadOnlyList<MaintenanceWindow>? MaintenanceWindows = null);

public sealed record RetireEnvironmentRequest(string Reason);

/// <param name="Parent">Where it goes, with everything below it and all that is booked; without one it becomes the root of a tree of its own.</param>
public sealed record MoveEnvironmentRequest(string? Parent = null);

/// <param name="Tree">The root and everything below it: whose schedule is one.</param>
/// <param name="Moving">Whether it is on its way to another tree; until it has arrived, nothing of it can be booked.</param>
/// <param name="MoveRefused">Why the last move to another tree did not come about.</param>
public sealed record EnvironmentView(
    string Id,
    string Name,
    string Tree,
    string OwnerGroup,
    IReadOnlyList<string> UserGroups,
    string Zone,
    IReadOnlyList<MaintenanceWindow> MaintenanceWindows,
    bool Retired,
    bool Moving,
    long Version,
    long Position,
    string? Parent = null,
    string? MoveRefused = null);

/// <summary>An environment in a list.</summary>
public sealed record EnvironmentItem(
    string Id, string Name, string Tree, string OwnerGroup, IReadOnlyList<string> UserGroups, string Zone, bool Retired, DateTimeOffset CreatedAt, string? Parent = null);

/// <summary>What takes an environment, or anything above or below it, within a span of time.</summary>
public sealed record ScheduleView(string EnvironmentId, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ScheduleEntryView> Entries, long Version, long Position);

/// <param name="Kind">booking.</param>
/// <param name="Mode">exclusive or shared.</param>
public sealed record ScheduleEntryView(
    string Id, string Kind, string EnvironmentId, string Mode, DateTimeOffset From, DateTimeOffset To, string By, string? PlanId = null, string? Release = null, string? Purpose = null);

/// <summary>The next window of the wanted length in which nothing stands in the way; without one there is none within a year.</summary>
public sealed record FreeWindowView(string EnvironmentId, string Mode, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <param name="Mode">exclusive or shared.</param>
/// <param name="To">Just after the end; a booking that begins then does not meet this one.</param>
/// <param name="PlanId">The plan that needs it.</param>
/// <param name="Release">The release that needs it.</param>
public sealed record BookRequest(
    string EnvironmentId, string Mode, DateTimeOffset From, DateTimeOffset To, string? PlanId = null, string? Release = null, string? Purpose = null);

public sealed record MoveBookingRequest(DateTimeOffset From, DateTimeOffset To);

public sealed record CancelBookingRequest(string? Reason = null);

/// <param name="Mode">exclusive or shared.</param>
/// <param name="Cancelled">Whether it was given up.</param>
public sealed record BookingView(
    string Id, string EnvironmentId, string Mode, DateTimeOffset From, DateTimeOffset To, string By, bool Cancelled,
    string? PlanId = null, string? Release = null, string? Purpose = null);
