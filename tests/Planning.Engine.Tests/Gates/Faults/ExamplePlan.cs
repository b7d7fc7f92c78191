using System.Text;
using Planning.Artifacts;
using Planning.Engine.Gates.Local;
using Planning.Engine.Rulebooks;
using Planning.Testing;

namespace Planning.Engine.Tests.Gates.Faults;

/// <summary>The shipped example without its faulty variants, one file of it replaced.</summary>
internal static class ExamplePlan
{
    public static IReadOnlyDictionary<string, string> Files { get; } = Directory.GetFiles(Repository.At("schemas", "examples", "payments-q1"))
        .Where(path => !path.Contains("broken", StringComparison.Ordinal) && !path.Contains("-low", StringComparison.Ordinal) && !path.EndsWith("README.md", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .ToDictionary(path => Path.GetFileName(path), File.ReadAllText);

    public static async Task<IReadOnlyList<Finding>> CheckAsync(string name, string text) => await LocalGate.CheckAsync(
        [.. Files.Select(f => new LocalFile(f.Key, Encoding.UTF8.GetBytes(f.Key == name ? text : f.Value)))],
        DefaultRulebook.Load(), onePlan: true, CancellationToken.None);
}
