using System.Collections.Immutable;
using Planning.Domain.Refreshes;

namespace Planning.Domain.Environments;

/// <summary>An environment that several groups use.</summary>
/// <param name="Parent">Null for the root.</param>
/// <param name="OwnerGroup">Decides over it.</param>
/// <param name="UserGroups">Others that see it and may book it.</param>
/// <param name="ZoneId">Of the IANA database; maintenance windows are in its local time.</param>
public sealed record SharedEnvironment(
    EnvironmentId Id,
    string Name,
    EnvironmentId? Parent,
    string OwnerGroup,
    ImmutableSortedSet<string> UserGroups,
    string ZoneId,
    ImmutableArray<MaintenanceWindow> MaintenanceWindows,
    bool Retired = false)
{
    /// <summary>Whether an actor sees it, and may use it as far as the actor's roles go.</summary>
    public bool IsOpenTo(Actor actor) =>
        actor.Kind == ActorKind.System || actor.Has(Role.Admin) || actor.Has(Role.Auditor)
        || actor.Groups.Contains(OwnerGroup) || actor.Groups.Any(UserGroups.Contains);
}

/// <summary>What an entry of a schedule is; stored with it.</summary>
public enum EntryKind
{
    Booking = 1,
    Refresh,
}

public enum BookingMode
{
    /// <summary>Nobody else uses it, or anything above or below it, at that time.</summary>
    Exclusive = 1,

    /// <summary>Others may, if they share it, too.</summary>
    Shared,
}

/// <summary>Something that takes an environment for a time.</summary>
/// <param name="Id">Of the booking or refresh.</param>
/// <param name="Slot">Of a refresh, which of those it has asked for.</param>
/// <param name="PlanId">The plan that needs it, if one does.</param>
/// <param name="Release">The release that needs it, if one does.</param>
public sealed record ScheduleEntry(
    string Id,
    EntryKind Kind,
    EnvironmentId EnvironmentId,
    BookingMode Mode,
    TimeWindow Window,
    PersonId By,
    PlanId? PlanId = null,
    string? Release = null,
    string? Purpose = null,
    int? Slot = null)
{
    /// <summary>Whether it and another use of the same environment, or of one above or below it, exclude each other.</summary>
    public bool Excludes(BookingMode mode, TimeWindow window) => Window.Overlaps(window) && (Mode == BookingMode.Exclusive || mode == BookingMode.Exclusive);
}

/// <summary>Where something goes that is under way to another tree.</summary>
public sealed record EnvironmentMove(EnvironmentTreeId TreeId, ImmutableArray<EnvironmentId> Environments);

/// <summary>A move into this tree that was refused.</summary>
public sealed record RefusedMove(string MoveId, string Reason);

/// <summary>What a refresh was told that asked for a slot.</summary>
/// <param name="Refused">Why it has not got it; null when it has.</param>
/// <param name="NextFree">Of a refused one, when there is room for one as long.</param>
public sealed record SlotAnswer(int Slot, string? Refused, ImmutableArray<RefreshConflict> Conflicts, TimeWindow? NextFree = null);

/// <summary>A root environment, everything below it, and the schedule of all of them: what must not exclude each other is decided here.</summary>
public sealed record EnvironmentTree
{
    public static EnvironmentTree None { get; } = new();

    public ImmutableSortedDictionary<string, SharedEnvironment> Environments { get; init; } =
        ImmutableSortedDictionary<string, SharedEnvironment>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>By their start. What ended long ago is no longer among them.</summary>
    public ImmutableArray<ScheduleEntry> Entries { get; init; } = [];

    /// <summary>What is under way to another tree, by the environment that is moved.</summary>
    public ImmutableSortedDictionary<string, EnvironmentMove> Leaving { get; init; } =
        ImmutableSortedDictionary<string, EnvironmentMove>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Environments and bookings that were here once, by their ids, and where they went.</summary>
    public ImmutableSortedDictionary<string, EnvironmentTreeId> Gone { get; init; } =
        ImmutableSortedDictionary<string, EnvironmentTreeId>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>By environment, the last of its moves that was refused here.</summary>
    public ImmutableSortedDictionary<string, RefusedMove> Refused { get; init; } =
        ImmutableSortedDictionary<string, RefusedMove>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>By environment, why its last move to another tree did not come about.</summary>
    public ImmutableSortedDictionary<string, string> Abandoned { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>By refresh, the answer to the last slot that it asked for, until that is released.</summary>
    public ImmutableSortedDictionary<string, SlotAnswer> Slots { get; init; } =
        ImmutableSortedDictionary<string, SlotAnswer>.Empty.WithComparers(StringComparer.Ordinal);

    public SharedEnvironment? Find(EnvironmentId id) => Environments.GetValueOrDefault(id.Value);

    public ScheduleEntry? Entry(string id) => Entries.FirstOrDefault(e => e.Id == id);

    public bool IsLeaving(EnvironmentId id) => Leaving.Values.Any(move => move.Environments.Contains(id));

    /// <summary>The environment itself, its parent, and so on to the root.</summary>
    public IEnumerable<SharedEnvironment> Upwards(EnvironmentId id)
    {
        for (var at = Find(id); at is not null; at = at.Parent is { } parent ? Find(parent) : null)
            yield return at;
    }

    /// <summary>The environment itself and everything below it.</summary>
    public IEnumerable<SharedEnvironment> Below(EnvironmentId id) => Environments.Values.Where(e => Upwards(e.Id).Any(above => above.Id == id));

    /// <summary>What shares fate with an environment: itself, what is above it, and what is below it.</summary>
    public IReadOnlySet<EnvironmentId> Related(EnvironmentId id) => Upwards(id).Concat(Below(id)).Select(e => e.Id).ToHashSet();
}
