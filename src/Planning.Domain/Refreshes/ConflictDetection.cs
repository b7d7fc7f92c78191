using System.Collections.Immutable;
using Planning.Domain.Environments;
using Planning.Domain.Rulebooks;

namespace Planning.Domain.Refreshes;

/// <summary>The slot that a refresh asks for.</summary>
/// <param name="Accepted">Ids of conflicts that an approver has accepted.</param>
/// <param name="Executing">Plans that are being executed, of those that have booked the environment.</param>
/// <param name="Checked">Those of them that have passed gates and wait to be executed: what was found good of them holds no longer.</param>
public sealed record SlotWish(
    RefreshId RefreshId, int Slot, EnvironmentId EnvironmentId, ImpactScope Scope, TimeWindow Window, ImmutableSortedSet<string> Accepted, ImmutableSortedSet<string> Executing,
    ImmutableSortedSet<string> Checked);

/// <summary>
/// What a refresh would meet in its window, as its environment's tree and the calendars have it:
/// <list type="bullet">
/// <item>other refreshes and exclusive bookings of the environment, of what is above or below it: blocking</item>
/// <item>change freezes: blocking</item>
/// <item>shared bookings of what it reaches: serious, also of a plan that has passed its gates and is invalidated; of a plan that is being executed and loses data or programs: blocking</item>
/// <item>shared bookings of what it does not reach: minor</item>
/// <item>maintenance windows of the environment that lie elsewhere: minor</item>
/// </list>
/// </summary>
public static class ConflictDetection
{
    public static ImmutableArray<RefreshConflict> Find(EnvironmentTree tree, SlotWish wish, IEnumerable<ChangeCalendar> calendars) =>
    [
        .. Conflicts.Excluding(tree, wish.EnvironmentId, BookingMode.Exclusive, wish.Window, wish.RefreshId.Value).Select(entry => Of(tree, entry, wish)),
        .. Freezes.Overlapping(calendars, wish.Window).Select(Of),
        .. OutsideMaintenance(tree, wish),
    ];

    /// <summary>The next window as long in which nothing at all stands in the way; null when there is none within <see cref="FreeWindow.Horizon"/>.</summary>
    public static TimeWindow? NextFree(EnvironmentTree tree, SlotWish wish, IEnumerable<ChangeCalendar> calendars)
    {
        var closed = Freezes.Overlapping(calendars, wish.Window with { To = wish.Window.From + FreeWindow.Horizon + wish.Window.Length }).Select(f => f.Window);
        return FreeWindow.Next(tree, wish.EnvironmentId, BookingMode.Exclusive, wish.Window, wish.RefreshId.Value, [.. closed]);
    }

    public static string Told(TimeWindow? free) =>
        free is null ? $"There is no free window of this length within {FreeWindow.Horizon.TotalDays:0} days." : $"The next free window of this length is {free}.";

    private static RefreshConflict Of(EnvironmentTree tree, ScheduleEntry entry, SlotWish wish)
    {
        var told = Conflicts.Told(entry, tree);
        if (entry.Kind == EntryKind.Refresh)
            return new RefreshConflict(entry.Id, ConflictKind.Refresh, ConflictSeverity.Blocking, $"{told} Move or cancel one of the two.");
        if (entry.Mode == BookingMode.Exclusive)
            return new RefreshConflict(entry.Id, ConflictKind.Booking, ConflictSeverity.Blocking, $"{told} Move the refresh, or ask them to move.");
        var reached = entry.EnvironmentId == wish.EnvironmentId || (wish.Scope.WithChildren && tree.Below(wish.EnvironmentId).Any(e => e.Id == entry.EnvironmentId));
        if (!reached)
            return new RefreshConflict(entry.Id, ConflictKind.Booking, ConflictSeverity.Minor, $"{told} The refresh does not reach it, but may be felt there.");
        if (entry.PlanId is { } passed && wish.Checked.Contains(passed.Value))
            return Serious(
                entry.Id, ConflictKind.Plan, $"{told} The plan has passed its gates with this booking; the refresh invalidates it. Have an approver confirm that, or move the refresh.", wish);
        if (entry.PlanId is not { } plan || !wish.Executing.Contains(plan.Value))
            return Serious(entry.Id, ConflictKind.Booking, $"{told} It shares what is destroyed. Have an approver accept that, or move the refresh.", wish);
        return wish.Scope.Destroys.Contains(Asset.Data) || wish.Scope.Destroys.Contains(Asset.DeployedVersions)
            ? new RefreshConflict(entry.Id, ConflictKind.Plan, ConflictSeverity.Blocking, $"{told} The plan is being executed, and needs what is destroyed. Move the refresh.")
            : Serious(entry.Id, ConflictKind.Plan, $"{told} The plan is being executed. Have an approver accept that, or move the refresh.", wish);
    }

    private static RefreshConflict Serious(string id, ConflictKind kind, string message, SlotWish wish) =>
        new(id, kind, ConflictSeverity.Serious, message, wish.Accepted.Contains(id));

    private static RefreshConflict Of(Freezes.Span freeze) => new(
        $"{freeze.Calendar}/{freeze.Name}", ConflictKind.Freeze, ConflictSeverity.Blocking,
        $"The change freeze {freeze.Name} of the calendar {freeze.Calendar} holds from {freeze.Window}. Move the refresh out of it.");

    private static IEnumerable<RefreshConflict> OutsideMaintenance(EnvironmentTree tree, SlotWish wish)
    {
        if (tree.Find(wish.EnvironmentId) is not { MaintenanceWindows.IsEmpty: false } environment)
            yield break;
        var zone = Zones.Of(environment.ZoneId);
        var next = environment.MaintenanceWindows.Select(w => w.NextAfter(wish.Window.From, zone)).MinBy(w => w.From)!;
        if (environment.MaintenanceWindows.All(w => w.NextAfter(wish.Window.From, zone) is var at && !(at.From <= wish.Window.From && wish.Window.To <= at.To)))
            yield return new RefreshConflict(
                environment.Id.Value, ConflictKind.Maintenance, ConflictSeverity.Minor,
                $"It is not within a maintenance window of {environment.Name}; the next is {next}.");
    }
}
