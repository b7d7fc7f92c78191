using System.Text.Json.Nodes;
using Planning.Cli.Tests.Handoff;
using Planning.Testing;
using Xunit;

namespace Planning.Cli.Tests.Artifacts;

public sealed class LintCommandTests : IDisposable
{
    private const string Capacity = "version: 1.0.0\nmembers:\n  - id: mara\n    points_per_week: 5\n";
    private static readonly string Example = Repository.At("schemas", "examples", "payments-q1");

    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_shipped_example_has_one_broken_file_and_nothing_else()
    {
        var run = await ArtifactRun.Async("lint", Example);
        Assert.Equal(1, run.ExitCode);
        var lines = run.Output.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith($"{Example}/be_backlog.broken.yaml:207:5: error schema.required ", lines[0]);
        Assert.EndsWith(" files, 1 error, 0 warnings", lines[1]);
    }

    [Fact]
    public async Task The_example_without_the_broken_file_passes_as_a_plan()
    {
        var files = Directory.GetFiles(Example).Where(path => !path.Contains("broken", StringComparison.Ordinal)).ToArray();
        var run = await ArtifactRun.Async(["lint", "--plan", "--strict", .. files]);
        Assert.Equal((0, $"{files.Length} files, 0 errors, 0 warnings\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task A_finding_is_a_line_with_place_weight_rule_message_and_advice()
    {
        var path = folder.Write("team_capacity.yaml", Capacity.Replace("points_per_week: 5", "points_per_week: yes"));
        var run = await ArtifactRun.Async("lint", path);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{path}:4:22: error yaml.truthy 'yes' is a boolean to some readers and text to others. Write true or false, or put it in quotes.\n", run.Output);
    }

    [Fact]
    public async Task References_are_judged_within_a_plan_only()
    {
        var path = folder.Write("be_backlog.yaml", File.ReadAllText(Path.Combine(Example, "be_backlog.yaml")).Replace("[\"PLN-BE-001\"]", "[\"PLN-BE-0O1\", other/T-1]"));
        foreach (var file in Directory.GetFiles(Example).Where(f => !f.Contains("backlog", StringComparison.Ordinal)))
            File.Copy(file, folder.At(Path.GetFileName(file)));

        Assert.Equal(0, (await ArtifactRun.Async("lint", folder.Root)).ExitCode);
        var run = await ArtifactRun.Async("lint", "--plan", folder.Root);
        Assert.Equal(1, run.ExitCode);
        Assert.All(run.Output.TrimEnd().Split('\n')[..^1], line => Assert.Matches("be_backlog.yaml:[0-9]+:[0-9]+: error references.unknown_dependency .*PLN-BE-0O1", line));
        Assert.DoesNotContain("other/T-1", run.Output);
        Assert.Contains(path, run.Output);
    }

    [Fact]
    public async Task Warnings_end_with_1_when_asked_to()
    {
        var path = folder.Write("notes.md", "## Steps\n");
        var run = await ArtifactRun.Async("lint", path);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("1:1: warning markdown.no_title", run.Output);
        Assert.Equal(1, (await ArtifactRun.Async("lint", "--strict", path)).ExitCode);
    }

    [Fact]
    public async Task Standard_input_goes_by_the_name_that_it_is_given()
    {
        var run = await ArtifactRun.WithInputAsync(Capacity.Replace("mara", "no"), "lint", "-", "--name", "plans/team_capacity.yaml");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("plans/team_capacity.yaml:3:9: error yaml.truthy", run.Output);
        Assert.Equal(0, (await ArtifactRun.WithInputAsync(Capacity, "lint", "-", "--name", "team_capacity.yaml")).ExitCode);
    }

    [Fact]
    public async Task Folders_are_walked_but_for_names_with_a_dot()
    {
        Directory.CreateDirectory(folder.At("a/b"));
        Directory.CreateDirectory(folder.At(".git"));
        folder.Write("a/b/x.yaml", "a: 1 \n");
        folder.Write(".git/y.yaml", "a: 1 \n");
        folder.Write("a/picture.png", "a: 1 \n");
        var run = await ArtifactRun.Async("lint", folder.Root);
        Assert.Equal($"{folder.At("a/b/x.yaml")}:1:5: error yaml.trailing_space The line ends with spaces. Remove them.\n1 file, 1 error, 0 warnings\n", run.Output);
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_and_the_rest_is_judged()
    {
        var run = await ArtifactRun.Async("lint", folder.At("nowhere.yaml"), folder.Write("x.yaml", "a: no\n"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"There is no file {folder.At("nowhere.yaml")}.", run.Error);
        Assert.Contains("yaml.truthy", run.Output);
        Assert.Equal(2, (await ArtifactRun.Async("lint")).ExitCode);
        Assert.Equal(2, (await ArtifactRun.Async("lint", "--format", "xml", folder.Root)).ExitCode);
    }

    [Fact]
    public async Task Two_files_of_one_name_are_no_plan()
    {
        Directory.CreateDirectory(folder.At("a"));
        var run = await ArtifactRun.Async("lint", "--plan", folder.Write("x.yaml", "a: 1\n"), folder.Write("a/x.yaml", "a: 1\n"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("would have one name in a plan", run.Error);
    }

    [Fact]
    public async Task A_report_can_be_JSON_in_a_file()
    {
        var path = folder.Write("x.yaml", "a:\n  - on\n");
        var run = await ArtifactRun.Async("lint", path, "--format", "json", "--output", folder.At("report.json"));
        Assert.Equal((1, "1 file, 1 error, 0 warnings\n"), (run.ExitCode, run.Output));
        var report = JsonNode.Parse(File.ReadAllText(folder.At("report.json")))!;
        Assert.Equal((1, 1, 0), ((int)report["files"]!, (int)report["errors"]!, (int)report["warnings"]!));
        var finding = report["findings"]![0]!;
        Assert.Equal(
            (path, 2, 5, "/a/0", "yaml.truthy", "error"),
            ((string)finding["file"]!, (int)finding["line"]!, (int)finding["column"]!, (string)finding["pointer"]!, (string)finding["rule"]!, (string)finding["severity"]!));
        Assert.Matches("^[0-9a-f]{16}$", (string)finding["fingerprint"]!);
    }
}
