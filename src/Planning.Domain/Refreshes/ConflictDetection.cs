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
    /// <summary>All are counted, and the worst told: a schedule may have thousands in the way, and nobody reads as many sentences.</summary>
    /// <param name="shown">How many are told at most.</param>
    public static ConflictsFound Find(EnvironmentTree tree, SlotWish wish, IEnumerable<ChangeCalendar> calendars, int shown = ConflictsFound.MaxShown)
    {
        var below = wish.Scope.WithChildren ? tree.Below(wish.EnvironmentId).Select(e => e.Id).ToHashSet() : [];
        var met = Conflicts.Excluding(tree, wish.EnvironmentId, BookingMode.Exclusive, wish.Window, wish.RefreshId.Value).Select(entry => Meet(entry, wish, below))
            .Concat(Freezes.Overlapping(calendars, wish.Window).Select(Of)).Concat(OutsideMaintenance(tree, wish));
        var (count, inTheWay, worst) = (0, 0, new SortedList<int, List<Met>>());
        foreach (var one in met)
        {
            count++;
            inTheWay += one.StandsInTheWay ? 1 : 0;
            if (!worst.TryGetValue(one.Rank, out var alike))
                worst.Add(one.Rank, alike = []);
            if (alike.Count < shown)
                alike.Add(one);
        }
        return new ConflictsFound(count, inTheWay, [.. worst.Values.SelectMany(alike => alike).Take(shown).Select(one => one.Told(tree))]);
    }

    /// <summary>The next window as long in which nothing at all stands in the way; null when there is none within <see cref="FreeWindow.Horizon"/>.</summary>
    public static TimeWindow? NextFree(EnvironmentTree tree, SlotWish wish, IEnumerable<ChangeCalendar> calendars)
    {
        var closed = Freezes.Overlapping(calendars, wish.Window with { To = wish.Window.From + FreeWindow.Horizon + wish.Window.Length }).Select(f => f.Window);
        return FreeWindow.Next(tree, wish.EnvironmentId, BookingMode.Exclusive, wish.Window, wish.RefreshId.Value, [.. closed]);
    }

    public static string Told(TimeWindow? free) =>
        free is null ? $"There is no free window of this length within {FreeWindow.Horizon.TotalDays:0} days." : $"The next free window of this length is {free}.";

    private static Met Meet(ScheduleEntry entry, SlotWish wish, HashSet<EnvironmentId> below)
    {
        if (entry.Kind == EntryKind.Refresh)
            return Blocking(ConflictKind.Refresh, "Move or cancel one of the two.");
        if (entry.Mode == BookingMode.Exclusive)
            return Blocking(ConflictKind.Booking, "Move the refresh, or ask them to move.");
        if (entry.EnvironmentId != wish.EnvironmentId && !below.Contains(entry.EnvironmentId))
            return new Met(entry.Id, ConflictKind.Booking, ConflictSeverity.Minor, "The refresh does not reach it, but may be felt there.", Entry: entry);
        if (entry.PlanId is { } passed && wish.Checked.Contains(passed.Value))
            return Serious(ConflictKind.Plan, "The plan has passed its gates with this booking; the refresh invalidates it. Have an approver confirm that, or move the refresh.");
        if (entry.PlanId is not { } plan || !wish.Executing.Contains(plan.Value))
            return Serious(ConflictKind.Booking, "It shares what is destroyed. Have an approver accept that, or move the refresh.");
        return wish.Scope.Destroys.Contains(Asset.Data) || wish.Scope.Destroys.Contains(Asset.DeployedVersions)
            ? Blocking(ConflictKind.Plan, "The plan is being executed, and needs what is destroyed. Move the refresh.")
            : Serious(ConflictKind.Plan, "The plan is being executed. Have an approver accept that, or move the refresh.");

        Met Blocking(ConflictKind kind, string advice) => new(entry.Id, kind, ConflictSeverity.Blocking, advice, Entry: entry);
        Met Serious(ConflictKind kind, string advice) => new(entry.Id, kind, ConflictSeverity.Serious, advice, wish.Accepted.Contains(entry.Id), entry);
    }

    private static Met Of(Freezes.Span freeze) => new(
        $"{freeze.Calendar}/{freeze.Name}", ConflictKind.Freeze, ConflictSeverity.Blocking,
        $"The change freeze {freeze.Name} of the calendar {freeze.Calendar} holds from {freeze.Window}. Move the refresh out of it.");

    private static IEnumerable<Met> OutsideMaintenance(EnvironmentTree tree, SlotWish wish)
    {
        if (tree.Find(wish.EnvironmentId) is not { MaintenanceWindows.IsEmpty: false } environment)
            yield break;
        var zone = Zones.Of(environment.ZoneId);
        var next = environment.MaintenanceWindows.Select(w => w.NextAfter(wish.Window.From, zone)).MinBy(w => w.From)!;
        if (environment.MaintenanceWindows.All(w => w.NextAfter(wish.Window.From, zone) is var at && !(at.From <= wish.Window.From && wish.Window.To <= at.To)))
            yield return new Met(
                environment.Id.Value, ConflictKind.Maintenance, ConflictSeverity.Minor,
                $"It is not within a maintenance window of {environment.Name}; the next is {next}.");
    }

    /// <summary>A conflict before it is told: there may be thousands, of which few are.</summary>
    /// <param name="Entry">What the advice follows on; null where it says all.</param>
    private readonly record struct Met(string Id, ConflictKind Kind, ConflictSeverity Severity, string Advice, bool Accepted = false, ScheduleEntry? Entry = null)
    {
        public bool StandsInTheWay => RefreshConflict.StandsIn(Severity, Accepted);

        /// <summary>From 0, the worst.</summary>
        public int Rank => (StandsInTheWay ? 0 : 10) + (ConflictSeverity.Blocking - Severity);

        public RefreshConflict Told(EnvironmentTree tree) => new(Id, Kind, Severity, Entry is null ? Advice : $"{Conflicts.Told(Entry, tree)} {Advice}", Accepted);
    }
}
