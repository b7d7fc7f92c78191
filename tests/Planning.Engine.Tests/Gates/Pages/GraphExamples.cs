using Planning.Domain.Plans;
using static Planning.Engine.Tests.Gates.Support.Judging;

namespace Planning.Engine.Tests.Gates.Pages;

internal static class GraphExamples
{
    public static IEnumerable<PageExample> All { get; } =
    [
        new(
            "references",
            ("be_backlog.yaml", Backlog("A|dependencies: [C, pln_9/X, pln_2/Y, pln_3/X]|artifacts: [config.yaml]", "A|dependencies: []") + "  - title: Nameless\n    dependencies: []\n"),
            ("story_map.md", "# Map\n\nSee [config](config.yaml).\n"))
        {
            Around = workspace =>
            {
                workspace.AddPlan("pln_2", ("be_backlog.yaml", Backlog("X|dependencies: []")));
                workspace.AddPlan(new Plan { Id = new("pln_3"), Status = PlanStatus.Withdrawn }, ("be_backlog.yaml", Backlog("X|dependencies: []")));
            },
        },
        new("references", ("be_backlog.yaml", "tasks: [\n")),
        new("dependency_graph", ("be_backlog.yaml", Backlog("A|dependencies: [B]", "B|dependencies: [C]", "C|dependencies: [A]", "D|dependencies: [A]"))),
        new("dependency_graph", ("be_backlog.yaml", Backlog("A|dependencies: []", "B|dependencies: [A]", "C|dependencies: [B]"))) { Parameters = [("max_depth", "2")] },
        new("dependency_graph", ("be_backlog.yaml", Backlog($"A|dependencies: [{string.Join(", ", Enumerable.Range(1, 101).Select(i => $"pln_x{i}/X"))}]")))
        {
            Around = workspace =>
            {
                foreach (var i in Enumerable.Range(1, 101))
                    workspace.AddPlan($"pln_x{i}", ("be_backlog.yaml", Backlog("X|dependencies: []")));
            },
        },
        new("dependency_graph", ("be_backlog.yaml", "tasks: [\n")),
    ];
}
