using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Capacity;

/// <summary>Who can carry how much, as team_capacity.yaml gives it.</summary>
/// <param name="Version">Version of the form; empty when missing.</param>
/// <param name="Members">People in the order of the file.</param>
/// <param name="Teams">Teams of these people in the order of the file.</param>
public sealed record TeamCapacity(string Version, IReadOnlyList<TeamMember> Members, IReadOnlyList<Team> Teams);

/// <summary>One person, or a team whose people are not told apart. Exactly one of the two capacities is given in a sound file.</summary>
/// <param name="Id">What tasks name as assignee.</param>
/// <param name="Name">Name for people.</param>
/// <param name="PointsPerWeek">Points in a week of all of the member's working days, at full time.</param>
/// <param name="PointsPerCycle">Points in the whole cycle, at full time.</param>
/// <param name="PartTimePercent">How much of full time the member works; 100 when not given.</param>
/// <param name="WorkingDays">Days of the week on which the member works; Monday to Friday when not given.</param>
/// <param name="Skills">What the person can do.</param>
/// <param name="Absences">Days without work.</param>
/// <param name="Node">Where the member stands.</param>
public sealed record TeamMember(
    string Id,
    string Name,
    decimal? PointsPerWeek,
    decimal? PointsPerCycle,
    decimal PartTimePercent,
    IReadOnlyList<DayOfWeek> WorkingDays,
    IReadOnlyList<Reference> Skills,
    IReadOnlyList<Absence> Absences,
    DocumentNode Node);

/// <summary>People whom tasks can be assigned to together. Its capacity is theirs.</summary>
/// <param name="Id">What tasks name as assignee; no member has it.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Members">Ids of members.</param>
/// <param name="Node">Where the team stands.</param>
public sealed record Team(string Id, string Name, IReadOnlyList<Reference> Members, DocumentNode Node);

/// <summary>First and last day of an absence, both inclusive.</summary>
public sealed record Absence(DateOnly From, DateOnly To, string? Reason);
