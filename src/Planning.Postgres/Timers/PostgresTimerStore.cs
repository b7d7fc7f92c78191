using Planning.Domain;
using Planning.Engine.Timers;

namespace Planning.Postgres.Timers;

/// <summary>Timers in the table of that name, across workspaces.</summary>
public sealed class PostgresTimerStore(PlanningDatabase database) : ITimerStore
{
    private static readonly string ScheduleSql = SqlFile.Read("timers/schedule");
    private static readonly string CancelSql = SqlFile.Read("timers/cancel");
    private static readonly string ClaimDueSql = SqlFile.Read("timers/claim_due");
    private static readonly string CompleteSql = SqlFile.Read("timers/complete");
    private static readonly string NextDueSql = SqlFile.Read("timers/next_due");

    public async ValueTask ScheduleAsync(DurableTimer timer, CancellationToken cancellation) =>
        await database.Consumer.WriteAsync(
            ScheduleSql, cancellation, timer.Workspace.Value, timer.Name, timer.Kind, timer.DueAt, Statement.Json(timer.Payload));

    public async ValueTask CancelAsync(WorkspaceId workspace, string name, CancellationToken cancellation) =>
        await database.Consumer.WriteAsync(CancelSql, cancellation, workspace.Value, name);

    public async ValueTask<IReadOnlyList<DurableTimer>> ClaimDueAsync(
        DateTimeOffset now, int max, TimeSpan visibleAgainAfter, long leaseEpoch, CancellationToken cancellation)
    {
        await using var command = database.Consumer.Prepare(ClaimDueSql, now, max, now + visibleAgainAfter, leaseEpoch);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var claimed = new List<DurableTimer>();
        while (await reader.ReadAsync(cancellation))
        {
            claimed.Add(new(
                new WorkspaceId(reader.GetString(0)), reader.GetString(1), reader.GetString(2),
                reader.GetFieldValue<DateTimeOffset>(3), reader.GetFieldValue<byte[]>(4), reader.GetInt32(5)));
        }
        claimed.Sort((one, other) => one.DueAt.CompareTo(other.DueAt));
        return claimed;
    }

    public async ValueTask CompleteAsync(IReadOnlyCollection<DurableTimer> fired, CancellationToken cancellation) =>
        await database.Consumer.WriteAsync(
            CompleteSql, cancellation,
            fired.Select(t => t.Workspace.Value).ToArray(), fired.Select(t => t.Name).ToArray(),
            fired.Select(t => t.DueAt.UtcDateTime).ToArray(), fired.Select(t => t.Attempt).ToArray());

    public async ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellation) =>
        await database.Consumer.ScalarAsync(NextDueSql, cancellation) is DateTime due ? new DateTimeOffset(due) : null;
}
