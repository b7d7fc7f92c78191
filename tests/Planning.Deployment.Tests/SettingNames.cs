using System.Text.RegularExpressions;
using Planning.Testing;

namespace Planning.Deployment.Tests;

/// <summary>
/// The variables that planning-silo understands, derived from the source of its settings: this project must build where
/// Orleans does not restore, so it cannot look at the types themselves.
/// </summary>
internal static partial class SettingNames
{
    private static readonly IReadOnlyDictionary<string, string> Records = ReadRecords();

    /// <summary>Each variable with the source of its default value.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = Variables("PLANNING_", "SiloSettings").ToDictionary(v => v.Name, v => v.Default);

    /// <summary>The members of an enum of the silo's settings, in lower case as the command line takes them.</summary>
    public static IReadOnlyList<string> Members(string name) =>
        [.. Member().Matches(Records[name]).Select(m => m.Groups["name"].Value.ToLowerInvariant())];

    private static IEnumerable<(string Name, string Default)> Variables(string prefix, string record)
    {
        foreach (Match property in Property().Matches(Records[record]))
        {
            var (type, name) = (property.Groups["type"].Value, property.Groups["name"].Value);
            if (name == "ConnectionString")
                continue;
            if (Records.TryGetValue(type, out var inner) && !IsEnum(inner))
            {
                foreach (var nested in Variables($"{prefix}{name.ToUpperInvariant()}__", type))
                    yield return nested;
            }
            else
                yield return (prefix + name.ToUpperInvariant(), property.Groups["value"].Value);
        }
    }

    private static bool IsEnum(string declaration) => declaration.StartsWith("enum", StringComparison.Ordinal);

    // Declarations of one file follow each other, so each ends where the next begins.
    private static Dictionary<string, string> ReadRecords()
    {
        var found = new Dictionary<string, string>();
        var files = new[] { "src", "silo" }.SelectMany(folder => Directory.EnumerateFiles(Repository.At(folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Replace('\\', '/').Contains("/obj/", StringComparison.Ordinal));
        foreach (var text in files.Select(File.ReadAllText))
        {
            var declarations = Declaration().Matches(text);
            for (var i = 0; i < declarations.Count; i++)
            {
                var begin = declarations[i].Groups["kind"].Index;
                var end = i + 1 < declarations.Count ? declarations[i + 1].Index : text.Length;
                found.TryAdd(declarations[i].Groups["name"].Value, text[begin..end]);
            }
        }
        return found;
    }

    [GeneratedRegex(@"^public (sealed |abstract )?(?<kind>record|enum) (?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^    public (required )?(?<type>\w+)\?? (?<name>\w+) \{ get; init; \}( = (?<value>[^\n]+);)?", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Property();

    [GeneratedRegex(@"^    (?<name>[A-Z]\w+),", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Member();
}
