using System.Text.RegularExpressions;
using Planning.Cli.Serve;
using Planning.Testing;
using Xunit;

namespace Planning.Cli.Tests.Serve;

/// <summary>docs/configuration.md names every setting there is, and none that there is not.</summary>
public sealed partial class ConfigurationPageTests
{
    [Fact]
    public void The_page_lists_exactly_what_can_be_set()
    {
        var listed = Row().Matches(File.ReadAllText(Repository.At("docs", "configuration.md"))).Select(m => m.Groups["name"].Value).ToList();

        Assert.Equal(Variables("PLANNING", typeof(ServeSettings)).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_value_out_of_its_range_is_refused_by_name()
    {
        var settings = new ServeSettings { Node = new() { Pump = new() { MaxBatch = 0 } } };

        Assert.Equal("Pump: MaxBatch is 0; it must be at least 1.", Assert.Throws<SettingsException>(settings.Check).Message);
    }

    private static IEnumerable<string> Variables(string prefix, Type type)
    {
        var separator = prefix == "PLANNING" ? "_" : "__";
        foreach (var property in type.GetProperties().Where(p => p is { SetMethod.IsPublic: true } && p.Name != "ConnectionString"))
        {
            var name = prefix + separator + property.Name.ToUpperInvariant();
            var inner = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (inner.IsGenericType)
                yield return name + "__<NAME>";
            else if (inner.Namespace!.StartsWith("Planning", StringComparison.Ordinal))
            {
                foreach (var nested in Variables(name, inner))
                    yield return nested;
            }
            else
                yield return name;
        }
    }

    [GeneratedRegex(@"^\| `(?<name>PLANNING_[^`]+)`", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
