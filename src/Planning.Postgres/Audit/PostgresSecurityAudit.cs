using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;
using Planning.Domain;
using Planning.Engine.Audit;
using Planning.Engine.Json;
using Planning.Engine.Log;
using Planning.Engine.Reads;
using Planning.Postgres.Reads;

namespace Planning.Postgres.Audit;

/// <summary>The table security_audit, as the request role: any request adds to it, an auditor's reads it.</summary>
public sealed class PostgresSecurityAudit(PlanningDatabase database) : ISecurityAudit
{
    internal static readonly ListSql ListSql = new("audit/list");
    private static readonly string AppendSql = SqlFile.Read("audit/append");

    public async ValueTask AppendAsync(AuditEntry entry, CancellationToken cancellation)
    {
        try
        {
            await using var request = await RequestBatch.OpenAsync(database, entry.Workspace, cancellation);
            await request.WriteAsync(
                AppendSql, cancellation, entry.Workspace.Value, AuditNames.Of(entry.Event), AuditNames.Of(entry.Action), AuditNames.Of(entry.Outcome), entry.Actor?.Value,
                entry.KeyId, entry.IpAddress, entry.UserAgent, entry.ResourceType, entry.ResourceId, entry.Route, entry.CommandId, entry.TraceId, entry.Suppressed,
                Statement.Json(JsonSerializer.SerializeToUtf8Bytes(entry.Details, PlanningJson.Options)));
        }
        catch (NpgsqlException failure)
        {
            throw Unavailable(failure);
        }
    }

    public async ValueTask<Page<AuditRow>> ListAsync(WorkspaceId workspace, AuditFilter filter, PageRequest page, CancellationToken cancellation)
    {
        try
        {
            return await Query(workspace, filter, page).ReadAsync(database, ListSql, Row, cancellation);
        }
        catch (NpgsqlException failure)
        {
            throw Unavailable(failure);
        }
    }

    /// <summary>The filters that are given, always in the same order.</summary>
    internal static ListQuery Query(WorkspaceId workspace, AuditFilter filter, PageRequest page)
    {
        var query = ListQuery.ForAuditor(workspace, filter.ListName, page);
        if (filter.EventType is { } type)
            query.Where("event_type", type);
        if (filter.Action is { } action)
            query.Where("action", action);
        if (filter.Outcome is { } outcome)
            query.Where("outcome", outcome);
        if (filter.Actor is { } actor)
            query.Where("actor", actor.Value);
        if (filter.ResourceType is { } resource)
            query.Where("resource_type", resource);
        if (filter.ResourceId is { } id)
            query.Where("resource_id", id);
        if (filter.From is { } from)
            query.Where("from", from.UtcDateTime);
        if (filter.To is { } to)
            query.Where("to", to.UtcDateTime);
        return query;
    }

    private static AuditRow Row(NpgsqlDataReader row) => new(
        Id: row.GetInt64(15),
        At: row.GetFieldValue<DateTimeOffset>(0),
        EventType: row.GetString(1),
        Action: row.GetString(2),
        Outcome: row.GetString(3),
        Actor: Text(row, 4) is { } actor ? new PersonId(actor) : null,
        KeyId: Text(row, 5),
        IpAddress: Text(row, 6),
        UserAgent: Text(row, 7),
        ResourceType: row.GetString(8),
        ResourceId: Text(row, 9),
        Route: Text(row, 10),
        CommandId: Text(row, 11),
        TraceId: Text(row, 12),
        Suppressed: row.GetInt32(13),
        Details: JsonSerializer.Deserialize<ImmutableSortedDictionary<string, string>>(row.GetString(14), PlanningJson.Options)!);

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static LogUnavailableException Unavailable(NpgsqlException failure) => new($"The security audit cannot be reached: {failure.Message}", failure);
}
