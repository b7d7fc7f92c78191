using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Capacity;

/// <summary>Who can carry how much, as team_capacity.yaml gives it.</summary>
/// <param name="Version">Version of the form; empty when missing.</param>
/// <param name="Members">People in the order of the file.</param>
public sealed record TeamCapacity(string Version, IReadOnlyList<TeamMember> Members);

/// <summary>One person or team. Exactly one of the two capacities is given in a sound file.</summary>
/// <param name="Id">What tasks name as assignee.</param>
/// <param name="Name">Name for people.</param>
/// <param name="PointsPerWeek">Points in a week of five working days.</param>
/// <param name="PointsPerCycle">Points in the whole cycle.</param>
/// <param name="Skills">What the person can do.</param>
/// <param name="Absences">Days without work.</param>
/// <param name="Node">Where the member stands.</param>
public sealed record TeamMember(
    string Id,
    string Name,
    decimal? PointsPerWeek,
    decimal? PointsPerCycle,
    IReadOnlyList<Reference> Skills,
    IReadOnlyList<Absence> Absences,
    MappingNode Node);

/// <summary>First and last day of an absence, both inclusive.</summary>
public sealed record Absence(DateOnly From, DateOnly To, string? Reason);
