using System.Reflection;
using System.Text.RegularExpressions;
using Planning.Artifacts.Tests.Support;

namespace Planning.Artifacts.Tests;

public sealed partial class RuleCoverageTests
{
    [Fact]
    public void Every_rule_id_has_a_test_that_names_its_line_and_column()
    {
        var rules = typeof(Finding).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .Select(field => (string)field.GetRawConstantValue()!)
            .Where(value => RuleId().IsMatch(value))
            .ToHashSet();
        Assert.True(rules.Count > 30, "The rules were not found by reflection.");

        var folder = Path.Combine(Folders.Repository, "tests", "Planning.Artifacts.Tests");
        var tests = string.Concat(Directory.GetFiles(folder, "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var untested = rules.Where(rule => !Regex.IsMatch(tests, Regex.Escape(rule) + " [0-9]+:[0-9]+", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Equal([], untested);
    }

    [GeneratedRegex(@"^(parse|limit|yaml|field|coverage|capacity|parity|story_map|markdown|migration|cycle_notes|schema)\.[a-z_]+$", RegexOptions.ExplicitCapture, 250)]
    private static partial Regex RuleId();
}
