using Planning.Domain;
using Planning.Engine.Reads;

namespace Planning.Postgres.Reads;

/// <summary>A filter of plans as conditions of the statement, always in the same order.</summary>
internal static class PlanQuery
{
    public static ListQuery For(WorkspaceId workspace, PlanFilter filter, PageRequest page)
    {
        var query = new ListQuery(workspace, ListNames.Plans(filter), page);
        if (filter.Status is { } status)
            query.Where("status", WireNames.Status.Of(status));
        if (filter.Stream is { } stream)
            query.Where("stream", stream);
        if (filter.CycleId is { } cycle)
            query.Where("cycle", cycle.Value);
        if (filter.Author is { } author)
            query.Where("author", author.Value);
        if (filter.Priority is { } priority)
            query.Where("priority", checked((short)priority));
        if (filter.Tag is { } tag)
            query.WhereAll("tag", ("tag_name", tag.Key), ("tag_value", tag.Value));
        if (filter.Text is { } text)
            AddWords(query, TitleWords.Of(text));
        return query;
    }

    /// <summary>The longest word leads, because it leaves the fewest plans; each of the others is looked up in those.</summary>
    private static void AddWords(ListQuery query, IReadOnlyList<string> words)
    {
        var byLength = words.OrderByDescending(word => word.Length).ToArray();
        if (byLength.Length > 0)
            query.Where("word", byLength[0]);
        if (byLength.Length > 1)
            query.Where("more_words", byLength[1..]);
    }
}
