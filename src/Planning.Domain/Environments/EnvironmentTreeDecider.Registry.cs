using System.Collections.Immutable;
using Planning.Domain.Rulebooks;

namespace Planning.Domain.Environments;

/// <summary>Registering, changing and retiring environments.</summary>
public sealed partial class EnvironmentTreeDecider
{
    /// <summary>Environments from the root to the lowest, at most.</summary>
    public const int MaxDepth = 8;

    /// <summary>Environments of one tree, retired ones among them.</summary>
    public const int MaxEnvironments = 500;

    public const int MaxMaintenanceWindows = 21;

    public const int MaxNameLength = 200;

    public const int MaxUserGroups = 50;

    private static Decision<EnvironmentEvent> Register(EnvironmentTree tree, EnvironmentCommand.Register register, Issued issued)
    {
        if (Permissions.Refuse(issued.By, Permission.ManageEnvironments) is { } refused)
            return refused;
        if (tree.Find(register.EnvironmentId) is not null)
            return Rejection.Conflict("environment_exists", $"Environment {register.EnvironmentId} exists already. Use another Idempotency-Key for a new one.");
        if (RefusePlace(tree, register.Parent, adds: 1, levels: 1, issued.By) is { } noPlace)
            return noPlace;
        var environment = new SharedEnvironment(
            register.EnvironmentId, register.Name, register.Parent, register.OwnerGroup, register.UserGroups, register.ZoneId, register.MaintenanceWindows);
        return (Wrong(environment) ?? RefuseOwner(environment.OwnerGroup, issued.By)) is { } wrong
            ? wrong
            : new EnvironmentEvent.EnvironmentRegistered(environment, register.TreeId);
    }

    private static Decision<EnvironmentEvent> Change(EnvironmentTree tree, EnvironmentCommand.Change change, Issued issued)
    {
        if ((Permissions.Refuse(issued.By, Permission.ManageEnvironments) ?? Refuse(tree, change.EnvironmentId, issued.By) ?? RefuseOthers(tree, change.EnvironmentId, issued.By)) is { } refused)
            return refused;
        var before = tree.Find(change.EnvironmentId)!;
        var happened = new EnvironmentEvent.EnvironmentChanged(
            change.EnvironmentId,
            Changed(change.Name, before.Name),
            Changed(change.OwnerGroup, before.OwnerGroup),
            change.UserGroups is { } users && !users.SetEquals(before.UserGroups) ? users : null,
            Changed(change.ZoneId, before.ZoneId),
            change.MaintenanceWindows is { } windows && !windows.SequenceEqual(before.MaintenanceWindows) ? windows : null);
        if (happened == new EnvironmentEvent.EnvironmentChanged(change.EnvironmentId))
            return Decision<EnvironmentEvent>.Nothing;
        return Wrong(Changed(before, happened)) is { } wrong ? wrong : happened;
    }

    private static Decision<EnvironmentEvent> Retire(EnvironmentTree tree, EnvironmentCommand.Retire retire, Issued issued)
    {
        if (tree.Find(retire.EnvironmentId) is { Retired: true })
            return Decision<EnvironmentEvent>.Nothing;
        if ((Permissions.Refuse(issued.By, Permission.ManageEnvironments) ?? Refuse(tree, retire.EnvironmentId, issued.By) ?? RefuseOthers(tree, retire.EnvironmentId, issued.By)) is { } refused)
            return refused;
        if (string.IsNullOrWhiteSpace(retire.Reason))
            return Rejection.Invalid("reason_missing", "Retiring an environment needs a reason. Give it in 'reason'.");
        var blockers = tree.Environments.Values.Where(e => e.Parent == retire.EnvironmentId && !e.Retired)
            .Select(child => new Blocker("environment_has_children", $"{child.Name} ({child.Id}) is below it and in use. Retire or move it first.", child.Id.Value))
            .Concat(tree.Entries.Where(e => e.EnvironmentId == retire.EnvironmentId && e.Window.To > issued.At)
                .Select(e => new Blocker("environment_is_taken", $"{Conflicts.Told(e, tree)} Cancel or move it first.", e.Id)))
            .ToArray();
        return blockers.Length > 0
            ? Rejection.Conflict("environment_in_use", $"Environment {retire.EnvironmentId} is still in use.", blockers)
            : new EnvironmentEvent.EnvironmentRetired(retire.EnvironmentId, retire.Reason);
    }

    /// <summary>Whether something can hang below a parent, which is null for the root of a tree without history.</summary>
    private static Rejection? RefusePlace(EnvironmentTree tree, EnvironmentId? parent, int adds, int levels, Actor by)
    {
        if (parent is not { } above)
            return tree.Environments.IsEmpty ? null : Rejection.Conflict("environment_tree_exists", "This tree has its root already. Use another Idempotency-Key for a new one.");
        if (Refuse(tree, above, by) is { } refused)
            return refused;
        if (tree.Upwards(above).Count() + levels > MaxDepth)
            return Rejection.Invalid("environment_too_deep", $"A tree of environments has at most {MaxDepth} levels; hang this one higher up.");
        return tree.Environments.Count + adds > MaxEnvironments
            ? Rejection.Invalid("environments_too_many", $"A tree has at most {MaxEnvironments} environments. Begin another tree.")
            : null;
    }

    /// <summary>Those who may use an environment see it; only its owners change it.</summary>
    private static Rejection? RefuseOthers(EnvironmentTree tree, EnvironmentId id, Actor by) => RefuseOwner(tree.Find(id)!.OwnerGroup, by);

    private static Rejection? RefuseOwner(string owner, Actor by) => by.Groups.Contains(owner) || by.Has(Role.Admin)
        ? null
        : Rejection.Forbidden("environment_owner_required", $"Only the group {owner}, which owns it, or an admin does this; {by.Id} is not in it.");

    private static Rejection? Wrong(SharedEnvironment environment)
    {
        if (string.IsNullOrWhiteSpace(environment.Name) || environment.Name.Length > MaxNameLength)
            return Rejection.Invalid("environment_name_invalid", $"An environment's name has 1 to {MaxNameLength} characters; this one has {environment.Name.Length}.");
        if (string.IsNullOrWhiteSpace(environment.OwnerGroup))
            return Rejection.Invalid("owner_group_missing", "An environment belongs to a group. Give it in 'owner_group'.");
        if (environment.UserGroups.Count > MaxUserGroups)
            return Rejection.Invalid("user_groups_too_many", $"An environment has at most {MaxUserGroups} user groups; this one has {environment.UserGroups.Count}.");
        if (!ChangeCalendar.IsZone(environment.ZoneId))
            return Rejection.Invalid("zone_unknown", $"There is no time zone '{environment.ZoneId}'. Use a name of the IANA database, such as Europe/Berlin.");
        if (environment.MaintenanceWindows.Length > MaxMaintenanceWindows)
            return Rejection.Invalid("maintenance_windows_too_many", $"An environment has at most {MaxMaintenanceWindows} maintenance windows a week.");
        return environment.MaintenanceWindows.FirstOrDefault(w => w.Minutes is < 1 or > MaintenanceWindow.MaxMinutes) is { } wrong
            ? Rejection.Invalid("maintenance_window_invalid", $"A maintenance window lasts from 1 minute to a week; that of {wrong.Day} {wrong.Start:HH:mm} has {wrong.Minutes}.")
            : null;
    }

    private static string? Changed(string? after, string before) => after == before ? null : after;
}
