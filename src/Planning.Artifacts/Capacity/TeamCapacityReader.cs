using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Capacity;

/// <summary>Reads team_capacity.yaml.</summary>
public static class TeamCapacityReader
{
    /// <summary>A member has no capacity, or two that contradict each other.</summary>
    public const string CapacityRule = "capacity.one_capacity";

    /// <summary>Two members have the same id.</summary>
    public const string DuplicateRule = "capacity.duplicate_member";

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
        return new ReadResult<TeamCapacity>(new TeamCapacity(version, members), fields.Findings);
    }

    private static TeamMember ReadMember(FieldReader fields, MappingNode node, HashSet<string> seen)
    {
        var id = fields.Text(node, "id") ?? "";
        if (id.Length > 0 && !seen.Add(id))
            fields.Report(node["id"]!, DuplicateRule, $"The member '{id}' is there already.", "Give each member an id of its own.");
        var member = new TeamMember(
            id,
            fields.Text(node, "name", required: false) ?? id,
            fields.Amount(node, "points_per_week", required: false),
            fields.Amount(node, "points_per_cycle", required: false),
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

    private static Absence? ReadAbsence(FieldReader fields, MappingNode node)
    {
        var from = fields.Date(node, "from", required: true);
        var to = fields.Date(node, "to", required: true);
        if (from is null || to is null)
            return null;
        if (to >= from)
            return new Absence(from.Value, to.Value, fields.Text(node, "reason", required: false));
        fields.Report(node["to"]!, FieldReader.OutOfRange, "'to' is before 'from'.", "Let the absence end on or after the day it begins.");
        return null;
    }
}
