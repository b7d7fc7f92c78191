using System.Text;

using Planning.Artifacts.Documents;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Gates;
using Planning.Engine.Gates.Tasks;
using Planning.Engine.Gates.Validators;
using Planning.Engine.Tests.Gates.Support;
using Planning.Testing;
using Xunit.Abstractions;

namespace Planning.Engine.Tests.Gates.Graphs;

/// <summary>Graphs of real packages, and the figures that their README gives for them.</summary>
[Collection(nameof(Alone))]
public sealed class GroundTruthTests(ITestOutputHelper output)
{
    private readonly Workspace workspace = new();

    public static TheoryData<string, Truth> Figures => new()
    {
        { BacklogGraph.Large, new Truth(6_889, 18_393, "6 of 2", 314, 20) },
        { BacklogGraph.Small, new Truth(2_000, 6_524, "6 of 2", 117, 20) },
        { BacklogGraph.All, new Truth(63_436, 244_451, "1 of 7, 1 of 6, 1 of 5, 5 of 4, 6 of 3, 41 of 2", 48_803, 36) },
    };

    [SharedDataTheory(BacklogGraph.Folder)]
    [MemberData(nameof(Figures))]
    public async Task A_real_graph_has_exactly_the_figures_of_its_README(string file, Truth truth)
    {
        var graph = await GraphAsync(file);
        var components = Components.Of(graph);
        var chains = new Chains(graph, components);
        var shared = components.All.Where(c => c.Length > 1).GroupBy(c => c.Length).OrderByDescending(g => g.Key).Select(g => $"{g.Count()} of {g.Key}");
        output.Say($"graph {file}: {graph.Count} tasks, {graph.EdgeCount} dependencies");
        Assert.Equal(truth, new Truth(
            graph.Count, graph.EdgeCount, string.Join(", ", shared), Cycles.CountBlocked(graph, components), graph.OwnNodes.Max(chains.DepthOf)));
    }

    [SharedDataTheory(BacklogGraph.Folder)]
    [InlineData(BacklogGraph.Large, 314)]
    [InlineData(BacklogGraph.Small, 117)]
    public async Task A_real_graph_has_its_six_cycles_and_its_longest_chain(string file, int blocked)
    {
        var plan = workspace.AddPlan("pln_1", ("be_backlog.yaml", BacklogGraph.Read(file).ToYaml()));
        var findings = await workspace.FindingsAsync(new DependencyGraphValidator(), plan);
        Assert.Equal(
            [
                "python3-azure → python3-azure-storage → python3-azure", "python3-catalogue → python3-srsly → python3-catalogue",
                "python3-fixtures → python3-testtools → python3-fixtures", "python3-fonttools → python3-ufolib2 → python3-fonttools",
                "python3-networking-bagpipe → python3-networking-bgpvpn → python3-networking-bagpipe", "python3-oslo.config → python3-oslo.log → python3-oslo.config",
            ],
            findings.Where(f => f.Rule == DependencyGraphValidator.CycleRule).Select(f => Sorted(f.Message.Split(": ")[1].TrimEnd('.'))).Order(StringComparer.Ordinal));
        Assert.Contains("has 20 tasks, max_depth is 5", Assert.Single(findings, f => f.Rule == DependencyGraphValidator.MaxDepthRule).Message);
        Assert.Contains($"{blocked} tasks lie on a circle or wait for one", Assert.Single(findings, f => f.Rule == DependencyGraphValidator.BlockedRule).Message);
    }

    [SharedDataFact(BacklogGraph.Folder)]
    public async Task All_packages_of_a_distribution_are_read_judged_and_reported_in_good_time()
    {
        var plan = workspace.AddPlan("pln_1", ("be_backlog.json", BacklogGraph.Read(BacklogGraph.All).ToJson()));
        var (start, busy) = (TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var findings = await workspace.FindingsAsync(new DependencyGraphValidator(), plan);
        var (took, work) = (TimeProvider.System.GetElapsedTime(start), Environment.CpuUsage.TotalTime - busy);
        output.WriteLine($"{took.TotalMilliseconds:0} ms, processor {work.TotalMilliseconds:0} ms");
        Assert.Contains("has 36 tasks", Assert.Single(findings, f => f.Rule == DependencyGraphValidator.MaxDepthRule).Message);
        Assert.Contains("48803 tasks", Assert.Single(findings, f => f.Rule == DependencyGraphValidator.BlockedRule).Message);
        var knot = findings.Where(f => f.Rule == DependencyGraphValidator.CycleRule && f.Message.Contains("ruby-sdbm")).ToArray();
        Assert.All(knot, f => Assert.Contains("a knot of 7 tasks", f.Message));
        Assert.NotEmpty(knot);
        // A second on the clock is the goal, and a benchmark measures it; this machine may be shared, so what counts here is the work.
        Assert.True(work < TimeSpan.FromSeconds(6), $"The whole graph took {work.TotalSeconds:0.0} s of processor time.");
    }

    private async Task<TaskGraph> GraphAsync(string file)
    {
        var content = new ArtifactContent("be_backlog.json", Encoding.UTF8.GetBytes(BacklogGraph.Read(file).ToJson()), ArtifactLimits.Default);
        var reading = BacklogReading.Of([new GateArtifact("be_backlog.json", new ContentHash("sha256:graph"), Evidence: false, content)], "unreadable", "id", "dependencies");
        Assert.Empty(reading.Findings);
        var others = new WorkspacePlans(Workspace.Id, workspace, workspace, new ArtifactLoader(workspace, new GateOptions(), TimeProvider.System));
        return await TaskGraph.BuildAsync(new PlanId("pln_1"), reading.Tasks!, others, CancellationToken.None);
    }

    /// <summary>The circle with the name first that comes first in the alphabet.</summary>
    private static string Sorted(string circle)
    {
        var names = circle.Split(" → ")[..^1];
        var first = Array.IndexOf(names, names.Min(StringComparer.Ordinal));
        return string.Join(" → ", names[first..].Concat(names[..first]).Append(names[first]));
    }

    /// <param name="Dependencies">Those that name a task of the file.</param>
    /// <param name="Circles">Components of more than one task, by size.</param>
    /// <param name="Blocked">Tasks on a circle, or depending on one that is.</param>
    /// <param name="Longest">Tasks of the longest chain, a component counted as one.</param>
    public sealed record Truth(int Tasks, int Dependencies, string Circles, int Blocked, int Longest);
}
