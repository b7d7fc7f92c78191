using System.Reflection;
using System.Text.Json;
using Planning.Artifacts;
using Planning.Engine.Gates;
using Planning.Engine.Gates.Validators;
using Planning.Testing;
using Xunit;

namespace Planning.Engine.Tests.Gates.Pages;

/// <summary>
/// docs/validators has a page for each validator, written from its own description, with findings that it really makes.
/// Run with PLANNING_WRITE_GOLDEN=1 to write the pages anew.
/// </summary>
public sealed class ValidatorPageTests
{
    /// <summary>Rules of readers that only one validator passes on; others are about any artifact.</summary>
    private static readonly string[] OfReaders = ["coverage.", "parity.", "capacity.", "story_map.", "markdown.", "yaml."];

    public static TheoryData<string> Types => [.. BuiltInValidators.All.Select(v => v.Type)];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task The_page_is_what_the_validator_says_of_itself(string type)
    {
        var validator = Of(type);
        var page = ValidatorPage.Of(validator, await PageExamples.OfAsync(type));
        if (Environment.GetEnvironmentVariable("PLANNING_WRITE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(ValidatorPage.PathOf(validator))!);
            await File.WriteAllTextAsync(ValidatorPage.PathOf(validator), page);
        }
        Assert.Equal(await File.ReadAllTextAsync(ValidatorPage.PathOf(validator)), page);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Every_rule_has_an_example_that_weighs_what_the_description_says(string type)
    {
        var examples = await PageExamples.OfAsync(type);
        foreach (var rule in Of(type).Description!.Rules)
        {
            Assert.True(examples.TryGetValue(rule.Id, out var example), $"No example of {rule.Id}.");
            Assert.True(rule.Severity.StartsWith("as `", StringComparison.Ordinal) || rule.Severity.Contains(example.Severity, StringComparison.Ordinal), $"{rule.Id} weighs {example.Severity}.");
        }
    }

    [Fact]
    public void Every_rule_is_described_once_and_every_described_rule_exists()
    {
        var own = Constants(typeof(IValidator).Assembly).Where(f => f.DeclaringType!.Namespace == typeof(BuiltInValidators).Namespace && f.Name.EndsWith("Rule", StringComparison.Ordinal)).Select(Value).ToArray();
        Assert.True(own.Length > 50, "The rules were not found by reflection.");
        var readers = Constants(typeof(Finding).Assembly).Select(Value).Where(value => OfReaders.Any(prefix => value.StartsWith(prefix, StringComparison.Ordinal)));
        var described = BuiltInValidators.All.SelectMany(v => v.Description!.Rules).Select(r => r.Id);
        Assert.Equal(own.Concat(readers).Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    /// <summary>The page of scripts is tested with them.</summary>
    [Fact]
    public void There_is_a_page_for_each_validator_and_no_other() => Assert.Equal(
        BuiltInValidators.All.Select(v => $"{v.Type}.md").Append("script.md").Order(StringComparer.Ordinal),
        Directory.GetFiles(Repository.At("docs", "validators")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_parameter_has_a_meaning_and_the_rulebook_takes_it_and_no_other(string type)
    {
        Assert.All(Of(type).Parameters, parameter => Assert.NotEmpty(parameter.Meaning));
        Assert.All(Of(type).Parameters, parameter => Assert.Null(parameter.Problem(parameter.Default)));
        using var schema = JsonDocument.Parse(File.ReadAllBytes(Repository.At("schemas", "rulebook", "v1", "gates.json")));
        var taken = schema.RootElement.GetProperty("$defs").GetProperty("validator").GetProperty("allOf").EnumerateArray()
            .Single(rule => rule.GetProperty("if").GetProperty("properties").GetProperty("type").GetProperty("const").GetString() == type)
            .GetProperty("then").GetProperty("properties").EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.Object).Select(property => property.Name);
        Assert.Equal(Of(type).Parameters.Select(p => p.Name).Order(StringComparer.Ordinal), taken.Order(StringComparer.Ordinal));
    }

    private static IValidator Of(string type) => BuiltInValidators.All.Single(v => v.Type == type);

    private static IEnumerable<FieldInfo> Constants(Assembly assembly) => assembly.GetTypes()
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Where(field => field.IsLiteral && field.FieldType == typeof(string));

    private static string Value(FieldInfo field) => (string)field.GetRawConstantValue()!;
}
