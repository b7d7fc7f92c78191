using Planning.Testing;
using Xunit;

namespace Planning.House.Tests;

/// <summary>Dependencies point inward only.</summary>
public sealed class DependencyTests
{
    /// <summary>What each project may use. Executables see all sides, so their packages are free.</summary>
    private static readonly Dictionary<string, (string[] Projects, string[]? Packages)> May = new()
    {
        ["Planning.Domain"] = ([], []),
        ["Planning.Artifacts"] = ([], ["YamlDotNet", "Markdig"]),
        ["Planning.Engine"] = (["Planning.Domain", "Planning.Artifacts"], ["Polly.Core", "Polly.RateLimiting"]),
        ["Planning.Postgres"] = (["Planning.Engine"], ["Npgsql"]),
        ["Planning.InProcess"] = (["Planning.Engine"], []),
        ["Planning.Channels"] = (["Planning.Engine"], ["MailKit"]),
        ["Planning.Trackers"] = (["Planning.Engine"], []),
        ["Planning.Scripts"] = (["Planning.Engine"], []),
        ["Planning.Telemetry"] = ([], ["OpenTelemetry", "OpenTelemetry.Extensions.Hosting", "OpenTelemetry.Exporter.OpenTelemetryProtocol"]),
        ["Planning.Grains"] = (["Planning.Engine"], ["Microsoft.Orleans.Server", "Microsoft.Orleans.Streaming", "Microsoft.Orleans.Reminders", "Microsoft.Orleans.Serialization.SystemTextJson"]),
        ["Planning.Silo"] = (["Planning.Grains", "Planning.Gateway", "Planning.Channels", "Planning.Postgres", "Planning.Scripts", "Planning.Telemetry", "Planning.Trackers"], null),
        ["Planning.Gateway"] = (["Planning.Engine", "Planning.Artifacts", "Planning.Contracts"], ["Microsoft.AspNetCore.OpenApi", "Microsoft.OpenApi"]),
        ["Planning.Contracts"] = ([], []),
        ["Planning.Client"] = (["Planning.Contracts"], ["Polly.Core"]),
        ["Planning.Cli"] =
        (
            [
                "Planning.Domain", "Planning.Artifacts", "Planning.Engine", "Planning.Postgres", "Planning.InProcess",
                "Planning.Gateway", "Planning.Contracts", "Planning.Client", "Planning.Telemetry", "Planning.Channels", "Planning.Trackers", "Planning.Scripts",
            ],
            null
        ),
    };

    /// <summary>Namespaces that may not even be mentioned, whatever reaches a project through others.</summary>
    private static readonly Dictionary<string, string[]> Unknown = new()
    {
        ["Planning.Domain"] = ["Planning.Artifacts", "Planning.Engine", "Planning.Postgres", "Npgsql", "Orleans", "Microsoft", "System.Net"],
        ["Planning.Artifacts"] = ["Planning.Domain", "Planning.Engine", "Npgsql", "Orleans", "Microsoft.AspNetCore"],
        ["Planning.Engine"] = ["Planning.Postgres", "Planning.InProcess", "Planning.Gateway", "Npgsql", "Orleans", "Microsoft.AspNetCore"],
        ["Planning.Postgres"] = ["Planning.InProcess", "Planning.Gateway", "Orleans", "Microsoft.AspNetCore"],
        ["Planning.InProcess"] = ["Planning.Postgres", "Planning.Gateway", "Npgsql", "Orleans", "Microsoft.AspNetCore"],
        ["Planning.Channels"] = ["Planning.Postgres", "Planning.InProcess", "Planning.Gateway", "Planning.Client", "Npgsql", "Orleans", "Microsoft.AspNetCore"],
        ["Planning.Scripts"] = ["Planning.Postgres", "Planning.InProcess", "Planning.Gateway", "Npgsql", "Orleans", "Microsoft.AspNetCore"],
        ["Planning.Trackers"] = ["Planning.Postgres", "Planning.InProcess", "Planning.Gateway", "Npgsql", "Orleans", "Microsoft.AspNetCore"],
        ["Planning.Grains"] = ["Planning.Postgres", "Planning.InProcess", "Planning.Gateway", "Npgsql", "Microsoft.AspNetCore"],
        ["Planning.Gateway"] = ["Planning.Postgres", "Planning.InProcess", "Npgsql", "Orleans"],
        ["Planning.Telemetry"] = ["Planning.Domain", "Planning.Engine", "Planning.Postgres", "Planning.Gateway", "Npgsql", "Orleans", "Microsoft.AspNetCore"],
        ["Planning.Contracts"] = ["Planning.Domain", "Planning.Engine", "Npgsql", "Orleans", "Microsoft.AspNetCore"],
        ["Planning.Client"] = ["Planning.Domain", "Planning.Engine", "Planning.Gateway", "Npgsql", "Orleans", "Microsoft.AspNetCore.Builder"],
    };

    /// <summary>What would make the domain's answers depend on more than its arguments, or make them late.</summary>
    private static readonly string[] Impure =
    [
        "async ", "await ", "Task<", "Task.", "TimeProvider", "Stopwatch", "Random.", "new Random", "Thread.", "HttpClient", "Console.",
        "File.Open", "File.Read", "File.Write", "Directory.Enumerate", "Directory.Get", "Environment.Get", "Environment.TickCount",
    ];

    public static TheoryData<string> Products =>
        [.. Project.All.Where(project => !project.Path.StartsWith("tests/", StringComparison.Ordinal)).Select(project => project.Name)];

    public static TheoryData<string> Restricted => [.. Unknown.Keys];

    [Theory, MemberData(nameof(Products))]
    public void A_project_refers_only_to_what_lies_inward_of_it(string name)
    {
        Assert.True(May.ContainsKey(name), $"{name} is new: say in this test what it may use.");
        var project = Project.Named(name);

        Rule.HasNoBreach(project.Projects.Except(May[name].Projects));
        if (May[name].Packages is { } packages)
            Rule.HasNoBreach(project.Packages.Except(packages));
    }

    [Theory, MemberData(nameof(Restricted))]
    public void A_project_does_not_mention_what_it_must_not_know(string name)
    {
        var sources = Sources.In(Project.Named(name).Folder, ".cs");

        var mentions = Sources.LinesWhere(sources, line => Unknown[name].Any(space => UsesNamespace(line, space)));

        Rule.HasNoBreach(mentions);
    }

    [Fact]
    public void The_domain_is_pure()
    {
        Rule.HasNoBreach(Sources.LinesWhere(
            Sources.In(Project.Named("Planning.Domain").Folder, ".cs"),
            line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Impure.Any(word => Word(line, word))));

        static bool Word(string line, string word)
        {
            var at = line.IndexOf(word, StringComparison.Ordinal);
            return at == 0 || (at > 0 && !char.IsLetterOrDigit(line[at - 1]) && line[at - 1] != '.');
        }
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Sources.Read("Planning.Orleans.sln").Replace('\\', '/');

        Rule.HasNoBreach(Project.All.Select(project => project.Path).Where(path => !solution.Contains($"\"{path}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_filter_without_the_cluster_leaves_out_what_needs_Orleans_and_nothing_else()
    {
        var filtered = Sources.Read("Planning.slnf").Replace("\\\\", "/", StringComparison.Ordinal);

        var wrong = Project.All.Where(project => filtered.Contains($"\"{project.Path}\"", StringComparison.Ordinal) == NeedsOrleans(project));

        Rule.HasNoBreach(wrong.Select(project => project.Path));

        static bool NeedsOrleans(Project project) =>
            project.Packages.Any(package => package.StartsWith("Microsoft.Orleans", StringComparison.Ordinal))
            || project.Projects.Any(used => Project.All.Any(other => other.Name == used && NeedsOrleans(other)));
    }

    [Fact]
    public void Every_project_of_the_solution_exists()
    {
        var listed = Sources.Lines("Planning.Orleans.sln")
            .SelectMany(line => line.Split('"'))
            .Where(part => part.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(part => part.Replace('\\', '/'));

        Rule.HasNoBreach(listed.Where(path => !File.Exists(Repository.At(path))));
    }

    [Fact]
    public void Versions_stand_in_one_place()
    {
        Rule.HasNoBreach(Sources.LinesWhere(
            Project.All.Select(project => project.Path),
            line => line.Contains("PackageReference", StringComparison.Ordinal) && line.Contains("Version=", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("using Npgsql;", true)]
    [InlineData("using static Npgsql.Thing;", true)]
    [InlineData("using Row = Npgsql.NpgsqlDataReader;", true)]
    [InlineData("    global::Npgsql.NpgsqlConnection c;", true)]
    [InlineData("    var c = new Npgsql.NpgsqlConnection();", true)]
    [InlineData("using NpgsqlLike;", false)]
    [InlineData("/// without Npgsql it works too", false)]
    [InlineData("    // Npgsql.NpgsqlConnection does this as well", false)]
    public void A_mention_is_a_using_or_a_qualified_name(string line, bool mention) => Assert.Equal(mention, UsesNamespace(line, "Npgsql"));

    private static bool UsesNamespace(string line, string space)
    {
        var code = line.TrimStart();
        if (code.StartsWith("//", StringComparison.Ordinal))
            return false;
        var directive = code.StartsWith("using ", StringComparison.Ordinal);
        for (var at = code.IndexOf(space, StringComparison.Ordinal); at >= 0; at = code.IndexOf(space, at + 1, StringComparison.Ordinal))
        {
            var begins = at == 0 || !(char.IsLetterOrDigit(code[at - 1]) || code[at - 1] is '_' or '.' or '"');
            var after = at + space.Length < code.Length ? code[at + space.Length] : ' ';
            if (begins && (after == '.' || (directive && after == ';')))
                return true;
        }
        return false;
    }
}
