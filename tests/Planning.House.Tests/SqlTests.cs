using Xunit;

namespace Planning.House.Tests;

/// <summary>SQL lives in named files: <c>Sql/log/append.sql</c> is what the code calls "log/append".</summary>
public sealed class SqlTests
{
    private const string Home = "src/Planning.Postgres/Sql/";
    private const string Migrations = Home + "migrations/";
    private const string Forward = ".up.sql";
    private const string Back = ".down.sql";

    /// <summary>What the product is compared with has tables of its own.</summary>
    private const string Baseline = "tests/Planning.Cluster.Benchmarks/Sql/";

    private static readonly IReadOnlyList<string> Files =
        [.. Sources.In(["src", "client", "grains", "silo", "tests"], ".sql").Where(path => !path.StartsWith(Baseline, StringComparison.Ordinal))];

    [Fact]
    public void Every_SQL_file_is_embedded() =>
        Rule.HasNoBreach(Files.Where(path => !path.StartsWith(Home, StringComparison.Ordinal)));

    [Fact]
    public void Every_SQL_file_is_used()
    {
        var code = string.Concat(Sources.In(["src", "tests"], ".cs").Select(Sources.Read));

        Rule.HasNoBreach(Files.Where(path => !IsStep(path) && !code.Contains($"\"{Name(path)}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_migration_has_its_way_back()
    {
        var steps = Files.Where(IsStep).ToList();

        Assert.Equal(Stems(Forward), Stems(Back));

        IEnumerable<string> Stems(string end) =>
            steps.Where(path => path.EndsWith(end, StringComparison.Ordinal)).Select(path => path[..^end.Length]);
    }

    private static string Name(string path) => path[Home.Length..^".sql".Length];

    // Steps are found by their names, not called by them.
    private static bool IsStep(string path) =>
        path.StartsWith(Migrations, StringComparison.Ordinal)
        && (path.EndsWith(Forward, StringComparison.Ordinal) || path.EndsWith(Back, StringComparison.Ordinal));
}
