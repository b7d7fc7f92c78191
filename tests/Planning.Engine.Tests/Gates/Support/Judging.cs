using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Engine.Gates;
using Xunit;

namespace Planning.Engine.Tests.Gates.Support;

/// <summary>What single validators say about a plan, through the runner that production uses.</summary>
internal static class Judging
{
    /// <summary>Findings as <c>file:line:column rule pointer</c>.</summary>
    public static async Task<string[]> PlacesAsync(this Workspace workspace, IValidator validator, Plan plan, params (string Name, string Json)[] parameters) =>
        [.. (await workspace.FindingsAsync(validator, plan, parameters)).Select(f => $"{f.File}:{f.Line}:{f.Column} {f.Rule} {f.Pointer}".TrimEnd())];

    public static async Task<ImmutableArray<FindingSummary>> FindingsAsync(
        this Workspace workspace, IValidator validator, Plan plan, params (string Name, string Json)[] parameters)
    {
        workspace.Rules = workspace.Rules.With(Gate.Validator(validator.Type, parameters));
        using var runner = Gate.Runner(workspace, [validator]);
        var report = await runner.RunAsync(
            EntityKey.Of(Workspace.Id, plan.Id), workspace.Start(plan, Gate.Name), Workspace.Now, CancellationToken.None);
        Assert.Null(Assert.Single(report.Results).Error);
        foreach (var finding in report.Findings)
        {
            Assert.True(finding.Line > 0 && finding.Column > 0);
            Assert.Matches("[.]$", finding.Message);
            Assert.Matches("[.?]$", finding.Advice);
        }
        return report.Findings;
    }

    /// <summary>A backlog of tasks, each written as <c>id</c>, then further fields, one per line.</summary>
    public static string Backlog(params string[] tasks) => BacklogWith(null, tasks);

    /// <param name="header">A line above the tasks, such as the window.</param>
    public static string BacklogWith(string? header, params string[] tasks) =>
        "version: 1.0.0\ngenerated_at: 2027-01-04T08:00:00Z\n" + (header is null ? "" : header + "\n") + "tasks:\n" + string.Concat(tasks.Select(Task));

    private static string Task(string task)
    {
        var fields = task.Split('|', StringSplitOptions.TrimEntries);
        return $"  - id: {fields[0]}\n" + string.Concat(fields.Skip(1).Select(f => $"    {f}\n"));
    }
}
