using Npgsql;
using Planning.Domain;
using Planning.Engine.Reads;

namespace Planning.Postgres.Reads;

/// <summary>One page of a list: its statement, the filters that are given, and where the page starts.</summary>
internal sealed class ListQuery
{
    private readonly WorkspaceId workspace;
    private readonly Func<PlanningDatabase, CancellationToken, ValueTask<RequestBatch>> open;
    private readonly string list;
    private readonly PageRequest page;
    private readonly List<string> filters = [];
    private readonly List<NpgsqlParameter> parameters = [];

    /// <exception cref="InvalidCursorException">The page's cursor is of another list or of other filters.</exception>
    public ListQuery(WorkspaceId workspace, string list, PageRequest page)
        : this(workspace, list, page, (database, cancellation) => RequestBatch.OpenAsync(database, workspace, cancellation))
    {
    }

    /// <summary>A list in which not everybody sees everything.</summary>
    /// <exception cref="InvalidCursorException">The page's cursor is of another list or of other filters.</exception>
    public ListQuery(Viewer viewer, string list, PageRequest page)
        : this(viewer.Workspace, list, page, (database, cancellation) => RequestBatch.OpenForAsync(database, viewer, cancellation))
    {
    }

    private ListQuery(WorkspaceId workspace, string list, PageRequest page, Func<PlanningDatabase, CancellationToken, ValueTask<RequestBatch>> open)
    {
        this.open = open;
        (this.workspace, this.list, this.page) = (workspace, list, page);
        Set("workspace", workspace.Value);
        Set("before", ListCursor.Read(workspace, list, page.Cursor));
        // One row more than asked for tells whether there is another page.
        Set("limit", page.Limit + 1);
    }

    /// <summary>The list that is for auditors alone.</summary>
    /// <exception cref="InvalidCursorException">The page's cursor is of another list or of other filters.</exception>
    public static ListQuery ForAuditor(WorkspaceId workspace, string list, PageRequest page) =>
        new(workspace, list, page, (database, cancellation) => RequestBatch.OpenForAuditorAsync(database, workspace, cancellation));

    public void Where(string filter, object value) => WhereAll(filter, (filter, value));

    public void WhereAll(string filter, params ReadOnlySpan<(string Name, object Value)> values)
    {
        filters.Add(filter);
        foreach (var (name, value) in values)
            Set(name, value);
    }

    public string Statement(ListSql sql) => sql.With(filters);

    public object[] Values => [.. parameters];

    /// <param name="row">Reads a row; its last column is the created position.</param>
    public async ValueTask<Page<TRow>> ReadAsync<TRow>(PlanningDatabase database, ListSql sql, Func<NpgsqlDataReader, TRow> row, CancellationToken cancellation)
    {
        await using var request = await open(database, cancellation);
        await using var reader = await request.ReadAsync(Statement(sql), cancellation, Values);
        var rows = new List<TRow>();
        var last = 0L;
        while (rows.Count < page.Limit && await reader.ReadAsync(cancellation))
        {
            rows.Add(row(reader));
            last = reader.GetInt64(reader.FieldCount - 1);
        }
        var more = rows.Count == page.Limit && await reader.ReadAsync(cancellation);
        return new Page<TRow>([.. rows], more ? ListCursor.Write(workspace, list, last) : null);
    }

    private void Set(string name, object value) => parameters.Add(new NpgsqlParameter(name, value));
}
