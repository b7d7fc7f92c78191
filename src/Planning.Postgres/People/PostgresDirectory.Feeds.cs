using Npgsql;
using Planning.Domain;
using Planning.Engine.Calendars;

namespace Planning.Postgres.People;

/// <summary>Calendar feeds: one workspace at a time, or the one feed whose secret was shown.</summary>
public sealed partial class PostgresDirectory
{
    private static readonly string HoldsApiKeySql = SqlFile.Read("people/holds_api_key");
    private static readonly string AddFeedSql = SqlFile.Read("people/add_feed");
    private static readonly string FindFeedSql = SqlFile.Read("people/find_feed");
    private static readonly string ListFeedsSql = SqlFile.Read("people/list_feeds");
    private static readonly string RevokeFeedSql = SqlFile.Read("people/revoke_feed");

    public async ValueTask<bool> HoldsApiKeyAsync(WorkspaceId workspace, PersonId holder, DateTimeOffset at, CancellationToken cancellation) =>
        (await ListAsync(workspace, HoldsApiKeySql, row => row.GetBoolean(0), cancellation, holder.Value, at))[0];

    public async ValueTask AddFeedAsync(CalendarFeed feed, CancellationToken cancellation) =>
        await WriteAsync(
            feed.Workspace, AddFeedSql, cancellation, feed.Id, feed.Person.Value, feed.Groups.ToArray(), feed.ZoneId, feed.EnvironmentId?.Value, feed.SecretHash, feed.CreatedAt);

    public async ValueTask<CalendarFeed?> FindFeedAsync(ReadOnlyMemory<byte> secretHash, CancellationToken cancellation)
    {
        await using var request = await RequestBatch.OpenForFeedAsync(database, secretHash, cancellation);
        await using var reader = await request.ReadAsync(FindFeedSql, cancellation, secretHash);
        return await reader.ReadAsync(cancellation) ? Feed(reader) : null;
    }

    public ValueTask<IReadOnlyList<CalendarFeed>> ListFeedsAsync(WorkspaceId workspace, PersonId person, CancellationToken cancellation) =>
        ListAsync(workspace, ListFeedsSql, Feed, cancellation, person.Value);

    public async ValueTask<bool> RevokeFeedAsync(WorkspaceId workspace, PersonId person, string feedId, DateTimeOffset at, CancellationToken cancellation) =>
        await WriteAsync(workspace, RevokeFeedSql, cancellation, person.Value, feedId, at);

    private static CalendarFeed Feed(NpgsqlDataReader row) => new(
        Workspace: new(row.GetString(0)),
        Id: row.GetString(1),
        Person: new(row.GetString(2)),
        Groups: row.GetFieldValue<string[]>(3),
        ZoneId: row.GetString(4),
        EnvironmentId: row.IsDBNull(5) ? null : new EnvironmentId(row.GetString(5)),
        SecretHash: row.GetFieldValue<byte[]>(6),
        CreatedAt: row.GetFieldValue<DateTimeOffset>(7),
        RevokedAt: row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8));
}
