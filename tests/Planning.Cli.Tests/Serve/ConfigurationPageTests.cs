using System.Text.RegularExpressions;
using Planning.Cli.Serve;
using Planning.Testing;
using Xunit;

namespace Planning.Cli.Tests.Serve;

/// <summary>docs/configuration.md names every setting there is, and none that there is not.</summary>
public sealed partial class ConfigurationPageTests
{
    private const string ClusterHeading = "\n## A process of the cluster\n";

    private static readonly string[] Page = File.ReadAllText(Repository.At("docs", "configuration.md")).Split(ClusterHeading);

    [Fact]
    public void The_page_lists_exactly_what_can_be_set() =>
        Assert.Equal(Variables("PLANNING", typeof(ServeSettings)).Order(StringComparer.Ordinal), Listed(Page[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void The_section_of_the_cluster_lists_exactly_what_only_its_processes_have()
    {
        // Read as text: the silo needs Orleans, these tests must not.
        var source = File.ReadAllText(Repository.At("silo", "Planning.Silo", "SiloSettings.cs"));
        var followers = File.ReadAllText(Repository.At("grains", "Planning.Grains", "Workspaces", "FollowerOptions.cs"));
        var settings = Named("PLANNING_CLUSTER__", source[source.IndexOf("record ClusterSettings", StringComparison.Ordinal)..])
            .SelectMany(name => name.EndsWith("__FOLLOWERS", StringComparison.Ordinal) ? Named(name + "__", followers) : [name]).ToList();

        Assert.Equal(2, Page.Length);
        Assert.Contains("PLANNING_CLUSTER__ROLE", settings);
        Assert.Equal(settings, Listed(Page[1]));
    }

    [Fact]
    public void A_value_out_of_its_range_is_refused_by_name()
    {
        var settings = new ServeSettings { Node = new() { Pump = new() { MaxBatch = 0 } } };

        Assert.Equal("Pump: MaxBatch is 0; it must be at least 1.", Assert.Throws<SettingsException>(settings.Check).Message);
    }

    private static IEnumerable<string> Named(string prefix, string source) => Property().Matches(source).Select(m => prefix + m.Groups["name"].Value.ToUpperInvariant());

    private static IEnumerable<string> Listed(string text) => Row().Matches(text).Select(m => m.Groups["name"].Value);

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

    [GeneratedRegex(@"^    public \w+ (?<name>\w+) \{ get; init; \}", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Property();
}
