using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Engine.Reads;
using Planning.Gateway.Requests;
using DomainWindow = Planning.Domain.Environments.MaintenanceWindow;
using MaintenanceWindow = Planning.Contracts.MaintenanceWindow;

namespace Planning.Gateway.Mapping;

/// <summary>Environments, their schedules and bookings between the domain and the wire.</summary>
internal static class EnvironmentViews
{
    public static EnvironmentView Of(EnvironmentTreeId treeId, EnvironmentTree tree, SharedEnvironment e, long version, long position) => new(
        e.Id.Value, e.Name, treeId.Value, e.OwnerGroup, e.UserGroups, e.ZoneId, [.. e.MaintenanceWindows.Select(Of)], e.Retired, tree.IsLeaving(e.Id), version, position,
        e.Parent?.Value, tree.Abandoned.GetValueOrDefault(e.Id.Value));

    public static EnvironmentItem Of(EnvironmentRow e) =>
        new(e.Id.Value, e.Name, e.Tree.Value, e.OwnerGroup, e.UserGroups, e.ZoneId, e.Retired, e.CreatedAt, e.Parent?.Value);

    public static ScheduleEntryView Of(ScheduleEntry e) => new(
        e.Id, Wire.Name(e.Kind), e.EnvironmentId.Value, Wire.Name(e.Mode), e.Window.From, e.Window.To, e.By.Value, e.PlanId?.Value, e.Release, e.Purpose);

    public static BookingView Of(BookingRow b) => new(
        b.Id.Value, b.EnvironmentId.Value, Wire.Name(b.Mode), b.Window.From, b.Window.To, b.By.Value, b.Cancelled, b.PlanId?.Value, b.Release, b.Purpose);

    private static MaintenanceWindow Of(DomainWindow w) => new(Wire.Name(w.Day), w.Start, w.Minutes);
}
