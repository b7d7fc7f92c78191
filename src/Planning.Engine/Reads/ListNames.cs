using System.Text.Json;
using Planning.Domain;
using Planning.Engine.Json;
using Planning.Engine.Notifications;

namespace Planning.Engine.Reads;

/// <summary>What a cursor is bound to: the list's name with everything that narrows it.</summary>
public static class ListNames
{
    public static string Plans(PlanFilter filter) => "plans " + JsonSerializer.Serialize(filter, PlanningJson.Options);

    public static string GateRuns(PlanId? plan) => $"gate_runs {plan}";

    public static string Manifests(PlanId? plan) => $"manifests {plan}";

    public static string Cycles(bool? open) => $"cycles {open}";

    public static string Environments(EnvironmentFilter filter) => "environments " + JsonSerializer.Serialize(filter, PlanningJson.Options);

    public static string Bookings(BookingFilter filter) => "bookings " + JsonSerializer.Serialize(filter, PlanningJson.Options);

    public static string Refreshes(RefreshFilter filter) => "refreshes " + JsonSerializer.Serialize(filter, PlanningJson.Options);

    public static string RefreshRuns(RefreshRunFilter filter) => "refresh_runs " + JsonSerializer.Serialize(filter, PlanningJson.Options);

    public static string Deliveries(DeliveryFilter filter) => "deliveries " + JsonSerializer.Serialize(filter, PlanningJson.Options);

    public static string Calendar(CalendarFilter filter) => "calendar " + JsonSerializer.Serialize(filter, PlanningJson.Options);

    public static string Rulebooks => "rulebooks";

    public static string DryRun(string rulebook, string? stream) => $"dry_run {rulebook} {stream}";

    public static string Compliance(bool? compliant, string? stream) => $"compliance {compliant} {stream}";
}
