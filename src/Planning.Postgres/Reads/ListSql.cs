using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Planning.Postgres.Reads;

/// <summary>
/// A list's statement, in which a line that ends in <c>-- if NAME</c> is sent only when that filter is given. So each
/// combination of filters has a plan of its own, and none has to serve filters that are not there.
/// </summary>
internal sealed partial class ListSql
{
    private readonly (string Text, string? Filter)[] lines;
    private readonly ConcurrentDictionary<string, string> statements = new();

    public ListSql(string name) =>
        lines = [.. SqlFile.Read(name).Split('\n').Where(line => !line.StartsWith("--", StringComparison.Ordinal)).Select(Split)];

    /// <param name="filters">Those that are given.</param>
    public string With(IReadOnlyCollection<string> filters) =>
        statements.GetOrAdd(string.Join(',', filters), _ =>
            string.Join('\n', lines.Where(line => line.Filter is null || filters.Contains(line.Filter)).Select(line => line.Text)));

    private static (string Text, string? Filter) Split(string line) =>
        Condition().Match(line) is { Success: true } condition ? (line[..condition.Index], condition.Groups["name"].Value) : (line, null);

    [GeneratedRegex(" -- if (?<name>[a-z_]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Condition();
}
