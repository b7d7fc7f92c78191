using Planning.Engine.Reads;

namespace Planning.Postgres.Reads;

/// <summary>Filters of refreshes and their history as conditions of their statements, always in the same order.</summary>
internal static class RefreshQueries
{
    public static ListQuery For(Viewer viewer, RefreshFilter filter, PageRequest page)
    {
        var query = new ListQuery(viewer, ListNames.Refreshes(filter), page);
        if (filter.EnvironmentId is { } environment)
            query.Where("environment", environment.Value);
        if (filter.Status is { } status)
            query.Where("status", WireNames.RefreshStatus.Of(status));
        if (filter.Type is { } type)
            query.Where("type", type);
        if (filter.RequestedBy is { } by)
            query.Where("requested_by", by.Value);
        if (filter.From is { } from)
            query.Where("from", from.UtcDateTime);
        if (filter.To is { } to)
            query.Where("to", to.UtcDateTime);
        return query;
    }

    public static ListQuery For(Viewer viewer, RefreshRunFilter filter, PageRequest page)
    {
        var query = new ListQuery(viewer, ListNames.RefreshRuns(filter), page);
        if (filter.EnvironmentId is { } environment)
            query.Where("environment", environment.Value);
        if (filter.RefreshId is { } refresh)
            query.Where("refresh", refresh.Value);
        return query;
    }
}
