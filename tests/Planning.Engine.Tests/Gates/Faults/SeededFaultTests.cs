using Planning.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Planning.Engine.Tests.Gates.Faults;

/// <summary>200 faults, the same on every run: each is found on its line, with at most one finding beside it.</summary>
public sealed class SeededFaultTests(ITestOutputHelper output)
{
    private const int Seed = 20270104;
    private const int Count = 200;

    [Fact]
    public async Task The_example_itself_has_no_findings() => Assert.Empty(await ExamplePlan.CheckAsync("", ""));

    [Fact]
    public async Task Every_seeded_fault_is_found_on_its_line_and_without_a_cascade()
    {
        var random = new Random(Seed);
        var missed = new List<string>();
        for (var i = 0; i < Count; i++)
        {
            var fault = FaultKinds.All[i % FaultKinds.All.Count](random);
            var findings = await ExamplePlan.CheckAsync(fault.File, fault.Text);
            var found = findings.Any(f => f.File == fault.File && f.Line == fault.Line && fault.Rules.Any(rule => f.Rule.StartsWith(rule, StringComparison.Ordinal)));
            if (!found || findings.Count > 2)
                missed.Add($"{i} {fault.Kind}: {fault.File}:{fault.Line} '{fault.Text.Split('\n')[fault.Line - 1]}'\n{string.Concat(findings.Select(f => $"    {f}\n"))}");
        }
        output.Say($"{Count - missed.Count} of {Count} faults of {FaultKinds.All.Count} kinds found on their line, with at most one finding beside it.");
        Assert.True(missed.Count == 0, string.Join('\n', missed));
    }
}
