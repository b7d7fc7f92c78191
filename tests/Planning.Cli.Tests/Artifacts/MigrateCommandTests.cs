using Planning.Cli.Tests.Handoff;
using Xunit;

namespace Planning.Cli.Tests.Artifacts;

public sealed class MigrateCommandTests : IDisposable
{
    private const string Kinds =
        """
        kinds:
          flow:
            patterns: ["*.flow.yaml"]
            schemas:
              1: {required: [name]}
              2: {required: [title, retries]}
              3: {required: [title, owner]}
              4: {required: [sponsor]}
            migrations:
              2: {renames: {/name: title}, defaults: {/retries: 3}}
              3: {defaults: {/owner: nobody}}

        """;

    private readonly Folder folder = new();
    private readonly string file;

    public MigrateCommandTests()
    {
        folder.Write("artifacts.yaml", Kinds);
        file = folder.Write("a.flow.yaml", "# mine\nversion: 1.0.0\nname: a\n");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_goes_through_every_version_in_between()
    {
        var run = await Async(file, "3");
        Assert.Equal((0, "# mine\nversion: 3.0.0\nowner: \"nobody\"\nretries: 3\ntitle: a\n", ""), (run.ExitCode, run.Output, run.Error));
        Assert.Equal("# mine\nversion: 1.0.0\nname: a\n", File.ReadAllText(file));
        Assert.Equal("# mine\nversion: 2.0.0\nretries: 3\ntitle: a\n", (await Async(file, "2")).Output);
        Assert.Equal(File.ReadAllText(file), (await Async(file, "1")).Output);
    }

    [Fact]
    public async Task The_result_can_take_the_place_of_the_file()
    {
        var run = await Async(file, "2", "--output", file);
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("# mine\nversion: 2.0.0\n", File.ReadAllText(file));
    }

    [Theory]
    [InlineData("4", "a.flow.yaml:2:10: error migration.no_path Nothing leads from version 1 to version 4 of flow")]
    [InlineData("9", "error migration.no_path")]
    public async Task A_version_that_nothing_leads_to_is_told(string version, string expected)
    {
        var run = await Async(file, version);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error);
    }

    [Fact]
    public async Task A_result_that_its_new_schema_refuses_is_not_written()
    {
        var run = await Async(folder.Write("b.flow.yaml", "version: 1.0.0\n"), "2", "--output", folder.At("out.yaml"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("schema.required", run.Error);
        Assert.False(File.Exists(folder.At("out.yaml")));
    }

    [Fact]
    public async Task What_has_no_kind_or_no_rulebook_is_not_done()
    {
        var other = await Async(folder.Write("b.yaml", "a: 1\n"), "2");
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("No registered kind", other.Error);
        Assert.Equal(2, (await ArtifactRun.Async("migrate", file, "--to", "2", "--rulebook", folder.At("nowhere"))).ExitCode);
        folder.Write("artifacts.yaml", Kinds.Replace("*.flow.yaml", "be_backlog.yaml"));
        var broken = await Async(file, "2");
        Assert.Equal(2, broken.ExitCode);
        Assert.Contains("artifacts.yaml:3:16: error rulebook.built_in_kind", broken.Error);
    }

    private Task<Outcome> Async(string path, string version, params string[] more) =>
        ArtifactRun.Async(["migrate", path, "--to", version, "--rulebook", folder.Root, .. more]);
}
