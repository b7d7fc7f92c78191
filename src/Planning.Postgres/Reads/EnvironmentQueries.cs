using Planning.Engine.Reads;

namespace Planning.Postgres.Reads;

/// <summary>Filters of environments and bookings as conditions of their statements, always in the same order.</summary>
internal static class EnvironmentQueries
{
    public static ListQuery For(Viewer viewer, EnvironmentFilter filter, PageRequest page)
    {
        var query = new ListQuery(viewer, ListNames.Environments(filter), page);
        if (filter.Tree is { } tree)
            query.Where("tree", tree.Value);
        if (filter.OwnerGroup is { } owner)
            query.Where("owner_group", owner);
        if (filter.Retired is { } retired)
            query.Where("retired", retired);
        return query;
    }

    public static ListQuery For(Viewer viewer, BookingFilter filter, PageRequest page)
    {
        var query = new ListQuery(viewer, ListNames.Bookings(filter), page);
        if (filter.Id is { } id)
            query.Where("id", id.Value);
        if (filter.EnvironmentId is { } environment)
            query.Where("environment", environment.Value);
        if (filter.By is { } by)
            query.Where("booked_by", by.Value);
        if (filter.PlanId is { } plan)
            query.Where("plan", plan.Value);
        if (filter.From is { } from)
            query.Where("from", from.UtcDateTime);
        if (filter.To is { } to)
            query.Where("to", to.UtcDateTime);
        if (filter.Cancelled is { } cancelled)
            query.Where("cancelled", cancelled);
        return query;
    }
}
