using System.Text.Json;
using Planning.Artifacts;
using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Engine.Gates;
using Planning.Engine.Gates.Validators;
using Planning.Engine.Json;
using Planning.Engine.Tests.Gates.Support;
using Planning.Testing;
using Xunit;

namespace Planning.Engine.Tests.Gates;

/// <summary>A run that is done again gives the same report, byte for byte, also where its input comes in another order.</summary>
public sealed class RerunTests
{
    private static readonly string Folder = Repository.At("schemas", "examples", "payments-q1");

    [Fact]
    public async Task All_built_in_validators_give_the_same_bytes_again()
    {
        var (report, whole) = await RunAsync(artifacts => artifacts);
        var (again, wholeAgain) = await RunAsync(artifacts => artifacts.Reverse());
        Assert.True(report.FindingCount > GateRunDecider.MaxFindings, "The report is to be longer than the event.");
        Assert.Equal(Bytes(report), Bytes(again));
        Assert.True(whole.Span.SequenceEqual(wholeAgain.Span));
    }

    /// <summary>The broken example, with as many capabilities and dependencies gone as do not fit into the event.</summary>
    private static async Task<(GateRunReport Report, ReadOnlyMemory<byte> Whole)> RunAsync(Func<IEnumerable<(string, string)>, IEnumerable<(string, string)>> order)
    {
        var workspace = new Workspace();
        var gone = string.Join(", ", Enumerable.Range(1, 250).Select(i => $"\"gone.{i}\""));
        workspace.Executed = workspace.AddPlan(
            new Plan { Id = new("pln_0"), Stream = "payments", Status = PlanStatus.Executed }, ("parity.json", $$"""{"version": "1.0.0", "capabilities": [{{gone}}]}""")).Id;
        workspace.Rules = workspace.Rules.With([.. BuiltInValidators.All.Select(v => v.Type == "coverage" ? Gate.Validator(v.Type, ("max_drop_percent", "1")) : Gate.Validator(v.Type))]);
        var artifacts = Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)!)
            .Where(name => name is not ("README.md" or "be_backlog.yaml")).Select(name => (name, File.ReadAllText(Path.Combine(Folder, name))));
        var plan = workspace.AddPlan("pln_1", [.. order(artifacts)]);
        using var runner = Gate.Runner(workspace, BuiltInValidators.All);
        var report = await runner.RunAsync(EntityKey.Of(Workspace.Id, plan.Id), workspace.Start(plan, Gate.Name), Workspace.Now, CancellationToken.None);
        return (report, workspace.Blobs[report.ReportHash!.Value]);
    }

    private static string Bytes(GateRunReport report) => JsonSerializer.Serialize(
        report with { DurationMs = 0, Results = [.. report.Results.Select(r => r with { DurationMs = 0 })] }, PlanningJson.Options);
}
