using System.Reflection;
using Planning.Artifacts;
using Planning.Cli.Artifacts;
using Planning.Engine.Gates.Local;
using Xunit;

namespace Planning.Cli.Tests.Artifacts;

public sealed class RuleHelpTests
{
    private static readonly string[] Families = ["parse", "limit", "yaml", "markdown", "story_map", "field", "json_schema", "references", "migration"];

    [Fact]
    public void Every_rule_that_the_lint_can_report_has_a_help_text_and_no_other()
    {
        var rules = new[] { typeof(Finding).Assembly, typeof(LocalGate).Assembly }.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .Select(field => (string)field.GetRawConstantValue()!)
            .Where(value => Families.Any(family => value.StartsWith(family + ".", StringComparison.Ordinal)) && value[^1] != '.' && value.All(c => char.IsAsciiLetterLower(c) || c is '_' or '.'));
        Assert.Equal(rules.Distinct().Order(StringComparer.Ordinal), RuleHelp.Known.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_rule_of_a_schema_names_its_keyword() => Assert.Equal("The value breaks the keyword maximum of its JSON Schema.", RuleHelp.Of("schema.maximum").What);
}
