using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Backlogs;

/// <summary>Reads be_backlog.yaml. References between tasks are not checked here.</summary>
public static class BacklogReader
{
    /// <summary>Ten years.</summary>
    private const int MaxDurationDays = 3_650;

    /// <summary>Reads what can be read; each missing or wrong field is a finding.</summary>
    public static ReadResult<Backlog> Read(ParsedArtifact artifact)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        var fields = new FieldReader(artifact);
        if (fields.Root is not { } root)
            return new ReadResult<Backlog>(null, fields.Findings);
        var backlog = new Backlog(
            fields.Text(root, "version") ?? "",
            fields.Instant(root, "generated_at", required: true),
            [.. fields.Mappings(root, "tasks").Select(node => ReadTask(fields, node))],
            ReadTags(fields, root),
            ReadWindow(fields, root),
            fields.Text(root, "cycle", required: false));
        return new ReadResult<Backlog>(backlog, fields.Findings);
    }

    private static BacklogTask ReadTask(FieldReader fields, DocumentNode node)
    {
        var task = new BacklogTask(
            fields.Text(node, "id") ?? "",
            fields.Text(node, "title") ?? "",
            fields.Text(node, "description") ?? "",
            fields.Amount(node, "effort_points"),
            fields.Text(node, "priority") ?? "",
            fields.Names(node, "dependencies", required: true),
            fields.Names(node, "artifacts"),
            fields.Text(node, "assignee", required: false),
            fields.Names(node, "skills"),
            fields.Date(node, "start"),
            fields.Date(node, "end"),
            fields.Whole(node, "duration_days", 1, MaxDurationDays),
            ReadDayCount(fields, node),
            fields.Text(node, "status", required: false),
            fields.Text(node, "stream", required: false),
            fields.Names(node, "capabilities"),
            node);
        if (task.End < task.Start)
        {
            fields.Report(
                node["end"]!.Value, FieldReader.OutOfRange, $"'end' is {task.End:yyyy-MM-dd}, before 'start' {task.Start:yyyy-MM-dd}.",
                "Let the task end on or after the day it starts.");
        }
        return task;
    }

    private static DayCount ReadDayCount(FieldReader fields, DocumentNode node)
    {
        if (fields.Text(node, "duration_calendar", required: false) is not { } text || text == "working")
            return DayCount.Working;
        if (text != "calendar")
            fields.Report(node["duration_calendar"]!.Value, FieldReader.OutOfRange, $"'duration_calendar' is '{text}'.", "Write working or calendar.");
        return DayCount.Calendar;
    }

    private static Dictionary<string, string> ReadTags(FieldReader fields, DocumentNode root)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        if (fields.Mapping(root, "tags") is not { } node)
            return tags;
        foreach (var entry in node.Entries)
        {
            if (fields.Text(node, entry.Key) is { } value)
                tags[entry.Key] = value;
        }
        return tags;
    }

    private static PlanWindow? ReadWindow(FieldReader fields, DocumentNode root)
    {
        if (fields.Mapping(root, "plan") is not { } node)
            return null;
        var start = fields.Date(node, "start", required: true);
        var end = fields.Date(node, "end", required: true);
        if (start is null || end is null)
            return null;
        if (end >= start)
            return new PlanWindow(start.Value, end.Value, node);
        fields.Report(node["end"]!.Value, FieldReader.OutOfRange, "'end' is before 'start'.", "Let the plan end on or after the day it starts.");
        return null;
    }
}
