using System.Reflection;
using Planning.Engine.Gates;
using Planning.Engine.Gates.Validators;
using Planning.Testing;
using Xunit;

namespace Planning.Engine.Tests.Gates;

/// <summary>docs/gates.md names every validator, parameter, default and rule that there is, and no other rule.</summary>
public sealed class GateDocsTests
{
    private static readonly string Docs = File.ReadAllText(Repository.At("docs", "gates.md"));

    public static TheoryData<string> Types => [.. BuiltInValidators.All.Select(v => v.Type)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_parameter_is_documented_with_its_default(string type)
    {
        foreach (var parameter in BuiltInValidators.All.Single(v => v.Type == type).Parameters)
            Assert.Contains($"| `{type}` | `{parameter.Name}` | `{parameter.Default.Trim('"')}` |", Docs);
        Assert.Contains($"`{type}`", Docs);
    }

    [Fact]
    public void Every_rule_is_documented_and_every_documented_rule_exists()
    {
        var rules = typeof(IValidator).Assembly.GetTypes().Where(t => t.Namespace == typeof(BuiltInValidators).Namespace)
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(f => f.IsLiteral && f.Name.EndsWith("Rule", StringComparison.Ordinal)).Select(f => (string)f.GetRawConstantValue()!).ToArray();
        Assert.True(rules.Length > 25);
        var documented = Docs.Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Split('`')[1]).Where(r => r.Contains('.')).ToArray();
        Assert.Equal(rules.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Options_are_documented_with_their_names()
    {
        foreach (var option in typeof(GateOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
            Assert.Contains($"| {option.Name} |", Docs);
    }
}
