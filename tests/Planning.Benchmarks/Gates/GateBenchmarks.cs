using System.Diagnostics;
using System.Globalization;
using System.Text;
using Planning.Benchmarks.Harness;
using Planning.Domain.Gates;
using Planning.Testing;

namespace Planning.Benchmarks.Gates;

/// <summary>
/// Gates over real dependencies: the first two on 10,000 tasks, and the graph of a whole distribution. Cold is a runner that
/// knows nothing, so that fetching and parsing are part of it; in milliseconds. Left out where the shared data are absent.
/// </summary>
internal static class GateBenchmarks
{
    private const int Tasks = 10_000;

    public static IReadOnlyList<Benchmark> All { get; } = SharedData.Folder is null
        ? []
        :
        [
            new($"gates.{Tasks}.cold", run => BothGatesAsync(run, "be_backlog.yaml", Yaml, cold: true)),
            new($"gates.{Tasks}.cached", run => BothGatesAsync(run, "be_backlog.yaml", Yaml, cold: false), $"gates.{Tasks}.cold"),
            new($"gates.{Tasks}.json.cold", run => BothGatesAsync(run, "be_backlog.json", () => BacklogGraph.OfTasks(Tasks).Repaired(maxDepth: 5).ToJson(), cold: true), $"gates.{Tasks}.cold"),
            new($"gates.{Tasks}.changed", ChangedAsync, $"gates.{Tasks}.cold"),
            new("graph.63436.yaml", run => GraphAsync(run, "be_backlog.yaml", BacklogGraph.Read(BacklogGraph.All).ToYaml())),
            new("graph.63436.json", run => GraphAsync(run, "be_backlog.json", BacklogGraph.Read(BacklogGraph.All).ToJson()), "graph.63436.yaml"),
        ];

    private static string Yaml() => BacklogGraph.OfTasks(Tasks).Repaired(maxDepth: 5).ToYaml();

    private static async Task<Measured> BothGatesAsync(BenchmarkRun run, string name, Func<string> backlog, bool cold)
    {
        await using var plan = await GatedPlan.OpenAsync(run.ConnectionString, (name, backlog()), ("team_capacity.yaml", BacklogGraph.Team));
        return await RoundsAsync(run, cold ? plan.Forget : () => { }, () => BothAsync(plan));
    }

    private static async Task BothAsync(GatedPlan plan)
    {
        Passed(await plan.RunAsync("schema_lint"));
        Passed(await plan.RunAsync("cross_stream_consistency"));
    }

    /// <summary>The same tasks in ten backlogs, one of which has changed since they were judged.</summary>
    private static async Task<Measured> ChangedAsync(BenchmarkRun run)
    {
        (string Name, string Text)[] parts = [.. BacklogGraph.OfTasks(Tasks).Repaired(maxDepth: 5).Split(10).Select((part, i) => ($"part{i}_backlog.yaml", part.ToYaml()))];
        await using var plan = await GatedPlan.OpenAsync(run.ConnectionString, [.. parts, ("team_capacity.yaml", BacklogGraph.Team)]);
        var round = 0;
        return await RoundsAsync(
            run, () => plan.AttachAsync(parts[5].Name, $"{parts[5].Text}# Change {++round}.\n"), () => BothAsync(plan));
    }

    /// <summary>Read, judged and reported: cycles, the longest chain, and what waits for circles.</summary>
    private static async Task<Measured> GraphAsync(BenchmarkRun run, string name, string backlog)
    {
        await using var plan = await GatedPlan.OpenAsync(run.ConnectionString, (name, backlog));
        return await RoundsAsync(run, plan.Forget, async () =>
        {
            var report = await plan.RunAsync(GatedPlan.GraphOnly);
            if (report.Results[0].Error is { } error)
                throw new InvalidOperationException(error);
        });
    }

    /// <summary>The median of the rounds; the first, which a process that has just begun would see, is told beside it.</summary>
    private static Task<Measured> RoundsAsync(BenchmarkRun run, Action before, Func<Task> roundAsync) => RoundsAsync(
        run,
        () =>
        {
            before();
            return Task.CompletedTask;
        },
        roundAsync);

    /// <param name="beforeAsync">Before each round, and no part of it.</param>
    private static async Task<Measured> RoundsAsync(BenchmarkRun run, Func<Task> beforeAsync, Func<Task> roundAsync)
    {
        var (took, busy) = (new List<double>(), new List<double>());
        var (start, collections) = (Stopwatch.GetTimestamp(), Enumerable.Range(0, GC.MaxGeneration + 1).Select(GC.CollectionCount).ToArray());
        while (took.Count < 5 || Stopwatch.GetElapsedTime(start).TotalSeconds < run.Seconds)
        {
            await beforeAsync();
            var (round, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            await roundAsync();
            took.Add(Stopwatch.GetElapsedTime(round).TotalMilliseconds);
            busy.Add((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds);
        }
        var (first, rest) = (took[0], took.Skip(1).Order().ToArray());
        return new Measured(
            rest[rest.Length / 2], rest[rest.Length / 2], rest[(int)(rest.Length * 0.99)], "ms", $"the first round {first:N0} ms; {rest.Length} rounds, the quickest {rest[0]:N1} ms; processor {busy.Min():N1} ms at least; collections of a round by generation {Collections(collections, took.Count)}");
    }

    private static string Collections(int[] before, int rounds) =>
        string.Join(", ", before.Select((count, generation) => ((GC.CollectionCount(generation) - count) / (double)rounds).ToString("N1", CultureInfo.InvariantCulture)));

    private static void Passed(GateRunReport report)
    {
        if (report.Outcome == GateOutcome.Passed)
            return;
        var reasons = report.Results.Select(r => r.Error).OfType<string>().Concat(report.Findings.Take(3).Select(f => f.Message));
        throw new InvalidOperationException(new StringBuilder(report.Gate).Append(" failed: ").AppendJoin(' ', reasons).ToString());
    }
}
