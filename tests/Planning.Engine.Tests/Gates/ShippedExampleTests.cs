using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Engine.Gates.Validators;
using Planning.Engine.Tests.Gates.Support;
using Planning.Testing;
using Xunit;

namespace Planning.Engine.Tests.Gates;

/// <summary>The example in schemas/examples passes every gate, and each of its faulty variants fails where it should.</summary>
public sealed class ShippedExampleTests
{
    private static readonly string Folder = Repository.At("schemas", "examples", "payments-q1");

    private readonly Workspace workspace = new();

    [Theory]
    [InlineData("json_schema", "yaml_lint", "references")]
    [InlineData("dependency_graph", "timeline", "resource_capacity")]
    [InlineData("coverage", "parity")]
    public async Task The_example_passes(params string[] types)
    {
        var report = await RunAsync(types);
        Assert.Equal([], report.Findings.Where(f => f.Severity == "error").Select(f => f.ToString()));
        Assert.Equal(GateOutcome.Passed, report.Outcome);
    }

    [Fact]
    public async Task The_broken_backlog_fails_the_first_gate() =>
        Assert.Equal(GateOutcome.Failed, (await RunAsync(["json_schema", "yaml_lint", "references"], ("be_backlog.yaml", "be_backlog.broken.yaml"))).Outcome);

    [Fact]
    public async Task The_low_coverage_fails_the_third_gate()
    {
        var report = await RunAsync(["coverage", "parity"], ("coverage.cobertura.xml", "coverage-low.cobertura.xml"));
        Assert.Equal(CoverageValidator.BelowMinimumRule, Assert.Single(report.Findings, f => f.Severity == "error").Rule);
    }

    private async Task<GateRunReport> RunAsync(string[] types, params (string Name, string File)[] replaced)
    {
        workspace.Rules = workspace.Rules.With([.. types.Select(t => Gate.Validator(t))]);
        var artifacts = Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)!)
            .Where(name => name != "README.md" && !name.Contains("broken") && !name.Contains("-low"))
            .Select(name => (name, File.ReadAllText(Path.Combine(Folder, replaced.FirstOrDefault(r => r.Name == name).File ?? name))));
        var plan = workspace.AddPlan("pln_1", [.. artifacts]);
        using var runner = Gate.Runner(workspace, BuiltInValidators.All);
        return await runner.RunAsync(EntityKey.Of(Workspace.Id, plan.Id), workspace.Start(plan, Gate.Name), Workspace.Now, CancellationToken.None);
    }
}
