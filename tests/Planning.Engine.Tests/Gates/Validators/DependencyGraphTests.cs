using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Engine.Gates.Validators;
using Planning.Engine.Tests.Gates.Support;
using Xunit;
using static Planning.Engine.Tests.Gates.Support.Judging;

namespace Planning.Engine.Tests.Gates.Validators;

public sealed class DependencyGraphTests
{
    private readonly Workspace workspace = new();
    private readonly DependencyGraphValidator validator = new();

    [Fact]
    public async Task A_graph_without_cycles_within_the_depth_passes() =>
        Assert.Empty(await PlacesAsync(5, Backlog("A|dependencies: []", "B|dependencies: [A, unknown]", "C|dependencies: [A, B]")));

    [Fact]
    public async Task A_cycle_is_shown_as_a_path_at_its_first_dependency()
    {
        var cycle = Assert.Single(await CyclesAsync("A|dependencies: []", "B|dependencies: [A, C]", "C|dependencies: [D]", "D|dependencies: [B]"));
        Assert.Equal("be_backlog.yaml:7:23 dependency_graph.cycle", $"{cycle.File}:{cycle.Line}:{cycle.Column} {cycle.Rule}");
        Assert.Equal("/tasks/1/dependencies/1", cycle.Pointer);
        Assert.Contains("B → C → D → B.", cycle.Message);
    }

    [Fact]
    public async Task A_task_that_depends_on_itself_is_a_cycle()
    {
        var cycle = Assert.Single(await CyclesAsync("A|dependencies: [A]"));
        Assert.Contains("A → A.", cycle.Message);
    }

    [Fact]
    public async Task Every_task_on_a_cycle_lies_on_one_that_is_shown()
    {
        var cycles = await CyclesAsync("A|dependencies: [B]", "B|dependencies: [A, C]", "C|dependencies: [B]", "X|dependencies: [Y]", "Y|dependencies: [X]");
        Assert.Equal(
            ["A → B → A. It is part of a knot of 3 tasks.", "C → B → C. It is part of a knot of 3 tasks.", "X → Y → X."],
            cycles.Select(f => f.Message.Split(": ")[1]).Order());
    }

    [Fact]
    public async Task Of_a_large_knot_as_many_circles_are_shown_as_the_limit_says_and_the_rest_is_counted()
    {
        // Each depends on the hub and the hub on each: 150 circles of two.
        var spokes = Enumerable.Range(1, 150).Select(i => $"S{i}").ToArray();
        var cycles = await CyclesAsync([$"HUB|dependencies: [{string.Join(", ", spokes)}]", .. spokes.Select(s => $"{s}|dependencies: [HUB]")]);
        Assert.Equal(100, cycles.Length);
        Assert.All(cycles, f => Assert.Contains("a knot of 151 tasks. 50 more of them lie on circles beyond max_cycles_shown = 100.", f.Message));
    }

    [Fact]
    public async Task What_waits_for_a_circle_is_counted_at_the_tasks()
    {
        var blocked = Assert.Single(
            await workspace.FindingsAsync(validator, Plan(Backlog(
                "A|dependencies: [B]", "B|dependencies: [A]", "C|dependencies: [D, E]", "D|dependencies: [A]", "E|dependencies: []"))),
            f => f.Rule == DependencyGraphValidator.BlockedRule);
        Assert.Equal("be_backlog.yaml:4:3 /tasks info", $"{blocked.File}:{blocked.Line}:{blocked.Column} {blocked.Pointer} {blocked.Severity}");
        Assert.StartsWith("4 tasks lie on a circle or wait for one that does;", blocked.Message);
    }

    [Fact]
    public async Task A_cycle_through_another_plan_is_found()
    {
        workspace.AddPlan("pln_2", ("be_backlog.yaml", Backlog("X|dependencies: [Y]", "Y|dependencies: [pln_1/A]", "Q|dependencies: [Q]")));
        var cycle = Assert.Single(await CyclesAsync("A|dependencies: [pln_2/X]"));
        Assert.Contains("A → pln_2/X → pln_2/Y → A.", cycle.Message);
    }

    [Fact]
    public async Task A_cycle_of_another_plan_alone_is_not_this_plans_finding()
    {
        workspace.AddPlan("pln_2", ("be_backlog.yaml", Backlog("X|dependencies: [Y]", "Y|dependencies: [X]")));
        Assert.Empty(await PlacesAsync(5, Backlog("A|dependencies: [pln_2/X]")));
    }

    [Fact]
    public async Task The_longest_chain_is_shown_where_it_is_deeper_than_allowed()
    {
        var findings = await workspace.FindingsAsync(
            validator, Plan(Backlog("A|dependencies: []", "B|dependencies: [A]", "C|dependencies: [B]", "D|dependencies: [C]")), ("max_depth", "2"));
        var depth = Assert.Single(findings);
        Assert.Equal("be_backlog.yaml:10:9 dependency_graph.max_depth /tasks/3/id", $"{depth.File}:{depth.Line}:{depth.Column} {depth.Rule} {depth.Pointer}");
        Assert.Contains("has 4 tasks, max_depth is 2: D → C → B → A. Deeper than that lie 2 tasks.", depth.Message);
    }

    [Fact]
    public async Task A_circle_within_the_longest_chain_is_one_step_and_named_as_one()
    {
        var findings = await workspace.FindingsAsync(
            validator, Plan(Backlog("A|dependencies: []", "B|dependencies: [A, C]", "C|dependencies: [B]", "D|dependencies: [C]")), ("max_depth", "2"));
        Assert.Contains(
            "has 3 tasks, max_depth is 2: D → C (on a circle) → A.", Assert.Single(findings, f => f.Rule == DependencyGraphValidator.MaxDepthRule).Message);
    }

    [Fact]
    public async Task Depth_counts_through_other_plans_unless_they_were_withdrawn()
    {
        workspace.AddPlan("pln_2", ("be_backlog.yaml", Backlog("X|dependencies: [Y]", "Y|dependencies: []")));
        workspace.AddPlan(new Plan { Id = new("pln_3"), Status = PlanStatus.Withdrawn }, ("be_backlog.yaml", Backlog("X|dependencies: [Y]", "Y|dependencies: []")));
        Assert.Single(await PlacesAsync(2, Backlog("A|dependencies: [pln_2/X]")));
        Assert.Empty(await PlacesAsync(2, Backlog("A|dependencies: [pln_3/X]")));
    }

    [Fact]
    public async Task A_chain_of_100_000_tasks_needs_no_stack()
    {
        var tasks = Enumerable.Range(1, 100_000).Select(i => $"T{i}|dependencies: [{(i == 1 ? "" : $"T{i - 1}")}]");
        Assert.Single(await PlacesAsync(99_999, Backlog([.. tasks])));
        Assert.Empty(await PlacesAsync(100_000, Backlog([.. tasks])));
    }

    [Fact]
    public async Task More_plans_than_are_followed_are_a_finding()
    {
        for (var i = 0; i <= 100; i++)
            workspace.AddPlan($"pln_x{i}", ("be_backlog.yaml", Backlog("X|dependencies: []")));
        var dependencies = string.Join(", ", Enumerable.Range(0, 101).Select(i => $"pln_x{i}/X"));
        Assert.Equal(["be_backlog.yaml:1:1 dependency_graph.max_plans"], await PlacesAsync(5, Backlog($"A|dependencies: [{dependencies}]")));
    }

    [Fact]
    public async Task A_backlog_that_cannot_be_read_is_a_finding() =>
        Assert.Equal(["be_backlog.yaml:1:8 dependency_graph.unreadable"], await PlacesAsync(5, "tasks: [\n"));

    [Fact]
    public async Task A_result_without_other_plans_is_kept_and_one_with_them_is_not()
    {
        workspace.AddPlan("pln_2", ("be_backlog.yaml", Backlog("X|dependencies: []")));
        workspace.Rules = workspace.Rules.With(Gate.Validator(validator.Type));
        using var runner = Gate.Runner(workspace, [validator]);
        foreach (var (dependency, cached) in new[] { ("", true), ("pln_2/X", false) })
        {
            var plan = Plan(Backlog($"A|dependencies: [{dependency}]"));
            for (var run = 0; run < 2; run++)
            {
                var report = await runner.RunAsync(
                    EntityKey.Of(Workspace.Id, plan.Id), workspace.Start(plan, Gate.Name), Workspace.Now, CancellationToken.None);
                Assert.Equal(cached && run == 1, report.Results[0].Cached);
            }
        }
    }

    private async Task<FindingSummary[]> CyclesAsync(params string[] tasks) =>
        [.. (await workspace.FindingsAsync(validator, Plan(Backlog(tasks)))).Where(f => f.Rule == DependencyGraphValidator.CycleRule)];

    private Plan Plan(string backlog) => workspace.AddPlan("pln_1", ("be_backlog.yaml", backlog));

    private Task<string[]> PlacesAsync(int maxDepth, string backlog) => workspace.PlacesAsync(validator, Plan(backlog), ("max_depth", $"{maxDepth}"));
}
