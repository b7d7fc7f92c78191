using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Engine.Json;
using Planning.Engine.Reads;

namespace Planning.Postgres.Reads;

/// <summary>Rows of the lists in the order of their columns.</summary>
internal static class Rows
{
    public static PlanRow Plan(NpgsqlDataReader row) => new(
        Id: new(row.GetString(0)),
        Title: row.GetString(1),
        Stream: row.GetString(2),
        Status: WireNames.Status.Parse(row.GetString(3)),
        Priority: row.GetInt16(4),
        Author: new(row.GetString(5)),
        CycleId: new(row.GetString(6)),
        Tags: JsonSerializer.Deserialize<ImmutableSortedDictionary<string, string>>(row.GetString(7), PlanningJson.Options)!,
        TaskCount: row.GetInt32(8),
        Points: row.GetDecimal(9),
        Pending: row.IsDBNull(10) ? null : WireNames.Trigger.Parse(row.GetString(10)),
        Manifest: row.IsDBNull(11) ? null : new ManifestId(row.GetString(11)),
        ContentHash: new(row.GetString(12)),
        Version: row.GetInt64(13),
        Position: row.GetInt64(14),
        CreatedAt: Time(row, 15),
        UpdatedAt: Time(row, 16));

    public static GateRunRow GateRun(NpgsqlDataReader row) => new(
        Id: new(row.GetString(0)),
        PlanId: new(row.GetString(1)),
        Gate: row.GetString(2),
        Trigger: WireNames.Trigger.Parse(row.GetString(3)),
        Outcome: row.IsDBNull(4) ? null : row.GetString(4),
        FindingCount: row.GetInt32(5),
        StartedAt: Time(row, 6),
        FinishedAt: TimeOrNull(row, 7));

    public static ManifestRow Manifest(NpgsqlDataReader row) => new(
        Id: new(row.GetString(0)),
        PlanId: new(row.GetString(1)),
        Number: row.GetInt32(2),
        Digest: new(row.GetString(3)),
        Signatures: row.GetInt32(4),
        Sealed: row.GetBoolean(5),
        Supersedes: row.IsDBNull(6) ? null : new ManifestId(row.GetString(6)),
        CreatedAt: Time(row, 7),
        SealedAt: TimeOrNull(row, 8));

    public static CycleRow Cycle(NpgsqlDataReader row) => new(
        Id: new(row.GetString(0)),
        Name: row.GetString(1),
        StartsOn: row.GetFieldValue<DateOnly>(2),
        EndsOn: row.GetFieldValue<DateOnly>(3),
        Open: row.GetBoolean(4),
        NextCycle: row.IsDBNull(5) ? null : new CycleId(row.GetString(5)),
        OpenedAt: Time(row, 6),
        ClosedAt: TimeOrNull(row, 7));

    public static EnvironmentRow Environment(NpgsqlDataReader row) => new(
        Id: new(row.GetString(0)),
        Tree: new(row.GetString(1)),
        Name: row.GetString(2),
        Parent: row.IsDBNull(3) ? null : new EnvironmentId(row.GetString(3)),
        OwnerGroup: row.GetString(4),
        UserGroups: [.. row.GetFieldValue<string[]>(5)],
        ZoneId: row.GetString(6),
        Retired: row.GetBoolean(7),
        CreatedAt: Time(row, 8));

    public static BookingRow Booking(NpgsqlDataReader row) => new(
        Id: new(row.GetString(0)),
        EnvironmentId: new(row.GetString(1)),
        Mode: WireNames.Mode.Parse(row.GetString(2)),
        Window: new(Time(row, 3), Time(row, 4)),
        By: new(row.GetString(5)),
        PlanId: row.IsDBNull(6) ? null : new PlanId(row.GetString(6)),
        Release: row.IsDBNull(7) ? null : row.GetString(7),
        Purpose: row.IsDBNull(8) ? null : row.GetString(8),
        Cancelled: row.GetBoolean(9),
        CreatedAt: Time(row, 10));

    public static RefreshRow Refresh(NpgsqlDataReader row) => new(
        Id: new(row.GetString(0)),
        EnvironmentId: new(row.GetString(1)),
        Type: row.GetString(2),
        Level: WireNames.Level.Parse(row.GetString(3)),
        Status: WireNames.RefreshStatus.Parse(row.GetString(4)),
        Window: new(Time(row, 5), Time(row, 6)),
        RequestedBy: new(row.GetString(7)),
        Reason: row.GetString(8),
        NotifyGroups: [.. row.GetFieldValue<string[]>(9)],
        RequestedAt: TimeOrNull(row, 10),
        CreatedAt: Time(row, 11),
        UpdatedAt: Time(row, 12));

    public static RefreshRunRow RefreshRun(NpgsqlDataReader row) => new(
        RefreshId: new(row.GetString(0)),
        Number: row.GetInt32(1),
        EnvironmentId: new(row.GetString(2)),
        Type: row.GetString(3),
        Outcome: WireNames.Outcome.Parse(row.GetString(4)),
        StartedAt: Time(row, 5),
        EndedAt: Time(row, 6),
        By: new(row.GetString(7)),
        Note: row.IsDBNull(8) ? null : row.GetString(8));

    private static DateTimeOffset Time(NpgsqlDataReader row, int column) => row.GetFieldValue<DateTimeOffset>(column);

    private static DateTimeOffset? TimeOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : Time(row, column);
}
