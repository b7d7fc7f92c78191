using System.Text.RegularExpressions;
using Planning.Testing;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>Every code that a caller can meet is in docs/errors.md, and nothing else is.</summary>
public sealed partial class ErrorDocumentationTests
{
    [Fact]
    public void Every_code_is_documented_and_every_documented_code_exists()
    {
        var documented = Documented().Matches(File.ReadAllText(Repository.At("docs", "errors.md"))).Select(m => m.Groups["code"].Value).ToHashSet(StringComparer.Ordinal);
        var made = new[] { "Planning.Domain", "Planning.Engine", "Planning.Gateway" }
            .SelectMany(project => Directory.EnumerateFiles(Repository.At("src", project), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Made().Matches(File.ReadAllText(file)).Select(m => m.Groups["code"].Value)).ToHashSet(StringComparer.Ordinal);

        Assert.True(made.Count > 80, $"Only {made.Count} codes were found in the sources.");
        Assert.Equal("", string.Join(", ", made.Except(documented).Order(StringComparer.Ordinal)));
        Assert.Equal("", string.Join(", ", documented.Except(made).Order(StringComparer.Ordinal)));
    }

    /// <summary>A row of a table: | `code` | …</summary>
    [GeneratedRegex(@"^\| `(?<code>[a-z_0-9]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Documented();

    /// <summary>Where refusals and blockers are made, the code comes first, or after the status.</summary>
    [GeneratedRegex("""(?:Rejection\.\w+\(|new Blocker\(|context\.Missing\(|new ProblemError\(|Forbidden\(|Unavailable\((?:m, )?|BadRequest\(|Unauthorized\(|NotFound\(|Conflict\(|Unprocessable\(|new ProblemResult\(|=>\s*new\()\s*(?:(?:StatusCodes\.\w+|status),\s*)?"(?<code>[a-z][a-z_0-9]*)[\"]""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Made();
}
