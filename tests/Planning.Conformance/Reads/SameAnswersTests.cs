using System.Text.Json;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.InMemory;
using Planning.Engine.Json;
using Planning.Engine.Reads;
using Xunit;

namespace Planning.Conformance.Reads;

/// <summary>The same events, the same answers: tables and dictionaries are asked everything that can be asked.</summary>
public sealed class SameAnswersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Tables_answer_as_dictionaries_do(int seed)
    {
        var history = await RandomHistory.MakeAsync(seed, commands: 400);
        await using var database = await ProjectedDatabase.CreateAsync(history);
        var memory = new InMemoryReadModels();
        var sizes = new Random(seed);

        await history.FeedAsync(memory, 1);
        await history.FeedAsync(database.Projection, ProjectedDatabase.LeaseEpoch, () => sizes.Next(1, 90));

        var expected = await AnswersAsync(memory);
        var answers = await AnswersAsync(database.Reads);
        Assert.Equal(expected.Count, answers.Count);
        foreach (var (question, answer) in expected)
            Assert.Equal($"{question}: {answer}", $"{question}: {answers[question]}");
        Assert.Contains(expected, a => a.Key.StartsWith("last executed", StringComparison.Ordinal) && a.Value != "null");
    }

    private static async Task<Dictionary<string, string>> AnswersAsync(IReadModels reads)
    {
        var workspace = History.Workspace;
        var answers = new Dictionary<string, string>();
        foreach (var filter in Filters())
            answers[$"plans {filter}"] = await WalkAsync(page => reads.ListPlansAsync(workspace, filter, page, default));
        foreach (var plan in new PlanId?[] { null, new("pln_1"), new("pln_7"), new("pln_none") })
        {
            answers[$"runs {plan}"] = await WalkAsync(page => reads.ListGateRunsAsync(workspace, plan, page, default));
            answers[$"manifests {plan}"] = await WalkAsync(page => reads.ListManifestsAsync(workspace, plan, page, default));
        }
        foreach (var open in new bool?[] { null, true, false })
            answers[$"cycles {open}"] = await WalkAsync(page => reads.ListCyclesAsync(workspace, open, page, default));
        foreach (var cycle in new[] { "cyc_1", "cyc_2", "cyc_3" })
            answers[$"open in {cycle}"] = Json(await reads.OpenPlansAsync(workspace, new CycleId(cycle), default));
        foreach (var stream in new[] { "stream_0", "stream_1", "stream_2" })
            answers[$"last executed {stream}"] = Json(await reads.LastExecutedAsync(workspace, stream, new PlanId("pln_1"), default));
        answers["present cycle"] = Json(await reads.PresentCycleAsync(workspace, default));
        return answers;
    }

    /// <summary>Each filter alone and with some others.</summary>
    private static IEnumerable<PlanFilter> Filters() =>
        from status in new PlanStatus?[] { null, PlanStatus.Planned, PlanStatus.Executed, PlanStatus.Withdrawn }
        from stream in new[] { null, "stream_1" }
        from priority in new int?[] { null, 0, 2 }
        from tag in new KeyValuePair<string, string>?[] { null, new("criticality", "1"), new("compliance", "gdpr") }
        from text in new[] { null, "card", "card pay", "grö", "2 phase ledger", "none" }
        from author in new PersonId?[] { null, History.Other.Id }
        from cycle in new CycleId?[] { null, new("cyc_1") }
        where new object?[] { status, stream, priority, tag, text, author, cycle }.Count(given => given is not null) <= 3
        select new PlanFilter(status, stream, cycle, author, priority, tag, text);

    private static async Task<string> WalkAsync<TRow>(Func<PageRequest, ValueTask<Page<TRow>>> list)
    {
        var pages = new List<string>();
        var next = new PageRequest(null, 7);
        while (true)
        {
            var page = await list(next);
            pages.Add(Json(page));
            if (page.Next is null)
                return string.Join('\n', pages);
            next = new PageRequest(page.Next, next.Limit + 13);
        }
    }

    private static string Json<T>(T answer) => JsonSerializer.Serialize(answer, PlanningJson.Options);
}
