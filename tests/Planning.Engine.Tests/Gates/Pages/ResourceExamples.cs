using static Planning.Engine.Tests.Gates.Support.Judging;

namespace Planning.Engine.Tests.Gates.Pages;

internal static class ResourceExamples
{
    private const string Window = "plan: {start: 2027-01-18, end: 2027-01-31}";

    private const string Team = """
        version: 1.0.0
        members:
          - {id: mara, name: Mara, points_per_week: 5, skills: [dotnet]}
          - {id: ines, name: Ines, points_per_week: 5, absences: [{from: 2027-01-21, to: 2027-01-22}]}
        """;

    private const string FaultyTeam = """
        version: 1.0.0
        members:
          - {id: mara, name: Mara}
          - {id: ines, name: Ines, points_per_week: 5}
          - {id: ines, name: Ines, points_per_week: 5}
        teams:
          - {id: core, name: Core, members: [tomasz]}
        """;

    public static IEnumerable<PageExample> All { get; } =
    [
        Of(Team, "A|assignee: mara", "B|assignee: tomasz|effort_points: 1", "C|assignee: ines|skills: [dotnet]|effort_points: 1|start: 2027-01-21|end: 2027-01-22"),
        Of(Team, "A|assignee: mara|effort_points: 12"),
        Of(Team, "A|assignee: mara|effort_points: 7|start: 2027-01-18|end: 2027-01-22"),
        Of(Team, "A|effort_points: 30"),
        Of(FaultyTeam, "A|effort_points: 1"),
        Of("members: [\n", "A|effort_points: 1"),
        new("resource_capacity", ("be_backlog.yaml", BacklogWith(Window, "A|effort_points: 1"))),
        new("resource_capacity", ("be_backlog.yaml", Backlog("A|effort_points: 1")), ("team_capacity.yaml", Team)),
        new("resource_capacity", ("be_backlog.yaml", BacklogWith("plan: {start: 2027-01-18, end: 2047-01-31}", "A|effort_points: 1")), ("team_capacity.yaml", Team)),
    ];

    private static PageExample Of(string team, params string[] tasks) =>
        new("resource_capacity", ("be_backlog.yaml", BacklogWith(Window, tasks)), ("team_capacity.yaml", team));
}
