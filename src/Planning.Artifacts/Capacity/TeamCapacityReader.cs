using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Capacity;

/// <summary>Reads team_capacity.yaml.</summary>
public static class TeamCapacityReader
{
    /// <summary>A member has no capacity, or two that contradict each other.</summary>
    public const string CapacityRule = "capacity.one_capacity";

    /// <summary>Two members have the same id.</summary>
    public const string DuplicateRule = "capacity.duplicate_member";

    /// <summary>A team names somebody who is no member.</summary>
    public const string UnknownMemberRule = "capacity.unknown_member";

    private static readonly string[] DayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private static readonly DayOfWeek[] MondayToFriday = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    /// <summary>Reads what can be read; each missing or wrong field is a finding.</summary>
    public static ReadResult<TeamCapacity> Read(ParsedArtifact artifact)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        var fields = new FieldReader(artifact);
        if (fields.Root is not { } root)
            return new ReadResult<TeamCapacity>(null, fields.Findings);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var version = fields.Text(root, "version") ?? "";
        var members = fields.Mappings(root, "members").Select(node => ReadMember(fields, node, seen)).ToList();
        var people = members.Select(member => member.Id).ToHashSet(StringComparer.Ordinal);
        var teams = fields.Mappings(root, "teams", required: false).Select(node => ReadTeam(fields, node, seen, people)).ToList();
        return new ReadResult<TeamCapacity>(new TeamCapacity(version, members, teams), fields.Findings);
    }

    private static TeamMember ReadMember(FieldReader fields, DocumentNode node, HashSet<string> seen)
    {
        var id = ReadId(fields, node, seen);
        var member = new TeamMember(
            id,
            fields.Text(node, "name", required: false) ?? id,
            fields.Amount(node, "points_per_week", required: false),
            fields.Amount(node, "points_per_cycle", required: false),
            ReadPercent(fields, node),
            ReadWorkingDays(fields, node),
            fields.Names(node, "skills"),
            [.. fields.Mappings(node, "absences", required: false).Select(absence => ReadAbsence(fields, absence)).OfType<Absence>()],
            node);
        var given = new[] { "points_per_week", "points_per_cycle" }.Count(key => node[key] is { Kind: not NodeKind.Null });
        if (given != 1)
        {
            fields.Report(
                node, CapacityRule, $"'{id}' has {(given == 0 ? "no capacity" : "two capacities")}.",
                "Give either points_per_week or points_per_cycle.");
        }
        return member;
    }

    private static Team ReadTeam(FieldReader fields, DocumentNode node, HashSet<string> seen, HashSet<string> people)
    {
        var id = ReadId(fields, node, seen);
        var members = fields.Names(node, "members", required: true);
        foreach (var unknown in members.Where(member => !people.Contains(member.Name)))
            fields.Report(unknown.Node, UnknownMemberRule, $"'{unknown.Name}' of the team '{id}' is no member.", "Correct the id, or add the person under members.");
        return new Team(id, fields.Text(node, "name", required: false) ?? id, members, node);
    }

    private static string ReadId(FieldReader fields, DocumentNode node, HashSet<string> seen)
    {
        var id = fields.Text(node, "id") ?? "";
        if (id.Length > 0 && !seen.Add(id))
            fields.Report(node["id"]!.Value, DuplicateRule, $"The id '{id}' is there already.", "Give each member and team an id of its own.");
        return id;
    }

    private static decimal ReadPercent(FieldReader fields, DocumentNode node)
    {
        const decimal FullTime = 100;
        if (fields.Amount(node, "part_time_percent", required: false) is not { } percent)
            return FullTime;
        if (percent is > 0 and <= FullTime)
            return percent;
        fields.Report(node["part_time_percent"]!.Value, FieldReader.OutOfRange, $"'part_time_percent' is {percent}.", "Write more than 0 and at most 100.");
        return FullTime;
    }

    private static IReadOnlyList<DayOfWeek> ReadWorkingDays(FieldReader fields, DocumentNode node)
    {
        var days = new SortedSet<DayOfWeek>();
        foreach (var day in fields.Names(node, "working_days"))
        {
            if (Array.IndexOf(DayNames, day.Name) is var number and >= 0)
                days.Add((DayOfWeek)number);
            else
                fields.Report(day.Node, FieldReader.OutOfRange, $"'{day.Name}' is no day of the week.", "Write mon, tue, wed, thu, fri, sat or sun.");
        }
        return days.Count == 0 ? MondayToFriday : [.. days];
    }

    private static Absence? ReadAbsence(FieldReader fields, DocumentNode node)
    {
        var from = fields.Date(node, "from", required: true);
        var to = fields.Date(node, "to", required: true);
        if (from is null || to is null)
            return null;
        if (to >= from)
            return new Absence(from.Value, to.Value, fields.Text(node, "reason", required: false));
        fields.Report(node["to"]!.Value, FieldReader.OutOfRange, "'to' is before 'from'.", "Let the absence end on or after the day it begins.");
        return null;
    }
}
