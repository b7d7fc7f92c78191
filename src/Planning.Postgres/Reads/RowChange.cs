using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Engine.Log;
using Planning.Engine.Reads;

namespace Planning.Postgres.Reads;

/// <summary>What a batch makes of one row.</summary>
/// <param name="Last">The last event behind it; the one that is parked when the tables refuse the row.</param>
internal abstract record RowChange(StoredEvent Last)
{
    public WorkspaceId Workspace => Last.Entity.Workspace;

    /// <param name="Before">The row as it stands in the tables; null where this process did not write it.</param>
    public sealed record OfPlan(StoredEvent Last, PlanRow Row, PlanRow? Before, EntityFold Fold) : RowChange(Last);

    public sealed record OfManifest(StoredEvent Last, ManifestRow Row, EntityFold Fold) : RowChange(Last);

    public sealed record OfCycle(StoredEvent Last, CycleRow Row, EntityFold Fold) : RowChange(Last);

    /// <param name="CreatedPosition">Of the event with which the row began, as far as this batch has it.</param>
    public sealed record OfEnvironment(StoredEvent Last, EnvironmentRow Row, ImmutableArray<MaintenanceWindow> Maintenance, long CreatedPosition) : RowChange(Last);

    public sealed record OfBooking(StoredEvent Last, BookingRow Row, long CreatedPosition) : RowChange(Last);

    public sealed record OfRefresh(StoredEvent Last, RefreshRow Row, EntityFold Fold) : RowChange(Last);

    public sealed record RefreshRan(StoredEvent Last, RefreshRunRow Row) : RowChange(Last);

    public sealed record GateRunStarted(StoredEvent Last, GateRunRow Row) : RowChange(Last);

    public sealed record GateRunEnded(StoredEvent Last, string Outcome, int FindingCount) : RowChange(Last);
}
