using System.Reflection;
using Planning.Engine.Gates;
using Planning.Engine.Gates.Validators;
using Planning.Testing;
using Xunit;

namespace Planning.Engine.Tests.Gates;

/// <summary>docs/gates.md leads to the page of each validator, which Pages/ValidatorPageTests.cs keeps current, and names every option.</summary>
public sealed class GateDocsTests
{
    private static readonly string Docs = File.ReadAllText(Repository.At("docs", "gates.md"));

    public static TheoryData<string> Types => [.. BuiltInValidators.All.Select(v => v.Type)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_validator_is_listed_with_what_it_does_and_leads_to_its_page(string type)
    {
        var validator = BuiltInValidators.All.Single(v => v.Type == type);
        var parameters = validator.Parameters.Count == 0 ? "" : string.Join(", ", validator.Parameters.Select(p => $"`{p.Name}`"));
        Assert.Contains($"| [{type}](validators/{type}.md) | {validator.Description!.Summary} | {parameters} |".Replace("|  |", "| |", StringComparison.Ordinal), Docs);
    }

    [Fact]
    public void What_it_says_of_rules_and_validators_is_true_of_those_that_exist()
    {
        var rules = BuiltInValidators.All.SelectMany(v => v.Description!.Rules).Select(r => r.Id).ToHashSet();
        var prefixes = BuiltInValidators.All.Select(v => $"{v.Type}.").ToArray();
        var named = Docs.Split('`').Where((_, i) => i % 2 == 1).Where(code => prefixes.Any(prefix => code.StartsWith(prefix, StringComparison.Ordinal)));
        Assert.Empty(named.Except(rules));
        var listed = Docs.Split('\n').Where(l => l.StartsWith("| [", StringComparison.Ordinal)).Select(l => l[3..l.IndexOf(']', StringComparison.Ordinal)]);
        Assert.Equal(BuiltInValidators.All.Select(v => v.Type), listed);
    }

    [Fact]
    public void Options_are_documented_with_their_names()
    {
        foreach (var option in typeof(GateOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
            Assert.Contains($"| {option.Name} |", Docs);
    }
}
