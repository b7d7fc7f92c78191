using Planning.Cli.Tests.Handoff;
using Xunit;

namespace Planning.Cli.Tests.Artifacts;

public sealed class ValidateCommandTests : IDisposable
{
    private const string Schema = "{\"type\": \"object\", \"properties\": {\"size\": {\"$ref\": \"https://planning.example/size.json\"}}, \"x-owner\": \"ops\"}";
    private const string Size = "$id: https://planning.example/size.json\ntype: integer\nmaximum: 10\n";

    private readonly Folder folder = new();
    private readonly string schema;
    private readonly string size;

    public ValidateCommandTests() => (schema, size) = (folder.Write("s.json", Schema), folder.Write("size.yaml", Size));

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Many_files_of_both_formats_are_judged_in_one_call()
    {
        var (good, bad) = (folder.Write("good.yaml", "size: 3\n"), folder.Write("bad.json", "{\"size\":\n 11}"));
        var run = await ArtifactRun.Async("validate", "--schema", schema, "--reference", size, good, bad);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"{bad}:2:2: error schema.maximum ", run.Output);
        Assert.EndsWith("2 files, 1 error, 0 warnings\n", run.Output);
        Assert.Equal(0, (await ArtifactRun.Async("validate", "--schema", schema, "--reference", size, good)).ExitCode);
        Assert.Equal(1, (await ArtifactRun.WithInputAsync("size: x\n", "validate", "--schema", schema, "--reference", size, "-")).ExitCode);
    }

    [Fact]
    public async Task A_faulty_schema_is_not_readable_and_told_with_its_findings()
    {
        var good = folder.Write("good.yaml", "size: 3\n");
        var unresolved = await ArtifactRun.Async("validate", "--schema", schema, good);
        Assert.Equal(2, unresolved.ExitCode);
        Assert.Contains($"{schema}:1:", unresolved.Output);
        var broken = await ArtifactRun.Async("validate", "--schema", folder.Write("broken.json", "{\"type\": 3}"), good);
        Assert.Equal(2, broken.ExitCode);
        Assert.Contains("error schema.", broken.Output);
        Assert.Equal(2, (await ArtifactRun.Async("validate", "--schema", folder.Write("torn.json", "{"), good)).ExitCode);
        Assert.Equal(2, (await ArtifactRun.Async("validate", good)).ExitCode);
    }

    [Fact]
    public async Task A_keyword_that_nobody_defined_is_ignored_unless_strict()
    {
        var run = await ArtifactRun.Async("validate", "--strict", "--schema", schema, "--reference", size, folder.Write("good.yaml", "size: 3\n"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("x-owner", run.Output);
    }

    [Fact]
    public async Task Formats_are_judged_when_asked_to()
    {
        var (format, instance) = (folder.Write("f.json", "{\"format\": \"date\"}"), folder.Write("d.yaml", "2027-02-30\n"));
        Assert.Equal(0, (await ArtifactRun.Async("validate", "--schema", format, instance)).ExitCode);
        Assert.Equal(1, (await ArtifactRun.Async("validate", "--formats", "--schema", format, instance)).ExitCode);
    }

    [Theory]
    [InlineData("a.yaml", "a: [\n", "a.yaml:1:4: error parse.syntax")]
    [InlineData("a.json", "", "a.json:1:1: error parse.empty")]
    public async Task An_instance_that_is_no_document_is_not_readable(string name, string text, string expected)
    {
        var run = await ArtifactRun.Async("validate", "--schema", size, folder.Write(name, text));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Output);
    }

    [Fact]
    public async Task A_name_that_says_no_format_is_not_readable()
    {
        var run = await ArtifactRun.Async("validate", "--schema", size, folder.Write("a.toml", "a = 1"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("neither JSON nor YAML", run.Error);
        Assert.Equal(2, (await ArtifactRun.Async("validate", "--schema", size, folder.At("nowhere.json"))).ExitCode);
        Assert.Equal(2, (await ArtifactRun.Async("validate", "--schema", size, "--reference", folder.Write("no_id.json", "{}"), size)).ExitCode);
    }
}
