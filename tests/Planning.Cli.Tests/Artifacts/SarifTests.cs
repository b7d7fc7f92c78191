using System.Text;
using System.Text.Json.Nodes;
using Planning.Artifacts;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Schema;
using Planning.Cli.Artifacts;
using Planning.Cli.Tests.Handoff;
using Planning.Testing;
using Xunit;

namespace Planning.Cli.Tests.Artifacts;

public sealed class SarifTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_log_fits_the_parts_of_the_SARIF_schema_that_it_uses()
    {
        folder.Write("x.yaml", "a: no \nb: 2027-02-30\n");
        folder.Write("notes.md", "## Steps\n");
        folder.Write("torn.json", "{");
        var run = await ArtifactRun.Async("lint", folder.Root, "--format", "sarif");
        Assert.Equal(1, run.ExitCode);
        AssertFits(run.Output);
        var log = JsonNode.Parse(run.Output)!;
        Assert.Equal(5, log["runs"]![0]!["results"]!.AsArray().Count);
        Assert.Equal(["error", "warning"], log["runs"]![0]!["results"]!.AsArray().Select(r => (string)r!["level"]!).Distinct().Order());
    }

    [Fact]
    public async Task A_log_without_results_fits_too()
    {
        var run = await ArtifactRun.Async("lint", folder.Write("x.yaml", "a: 1\n"), "--format", "sarif");
        Assert.Equal(0, run.ExitCode);
        AssertFits(run.Output);
    }

    [Fact]
    public void A_result_names_rule_place_and_fingerprint()
    {
        var finding = new Finding("plans/a b.yaml", 3, 7, "/tasks/0", "yaml.date", Severity.Error, "No date.", "Mend it.");
        var run = JsonNode.Parse(Sarif.Of(new FindingReport(1, [finding]), "/work/tree"))!["runs"]![0]!;
        var result = run["results"]![0]!;
        var physical = result["locations"]![0]!["physicalLocation"]!;
        Assert.Equal("{\"uri\":\"plans/a%20b.yaml\",\"uriBaseId\":\"%SRCROOT%\"}", physical["artifactLocation"]!.ToJsonString());
        Assert.Equal("{\"startLine\":3,\"startColumn\":7}", physical["region"]!.ToJsonString());
        Assert.Equal("file:///work/tree/", (string)run["originalUriBaseIds"]!["%SRCROOT%"]!["uri"]!);
        Assert.Equal(finding.Fingerprint, (string)result["partialFingerprints"]!["planningFinding/v1"]!);
        Assert.Equal(("yaml.date", 0, "/tasks/0", "No date. Mend it."),
            ((string)result["ruleId"]!, (int)result["ruleIndex"]!, (string)result["locations"]![0]!["logicalLocations"]![0]!["fullyQualifiedName"]!, (string)result["message"]!["text"]!));
        Assert.Equal("yaml.date", (string)run["tool"]!["driver"]!["rules"]![0]!["id"]!);
    }

    [Fact]
    public void A_file_elsewhere_is_named_by_its_whole_path()
    {
        var finding = new Finding("/etc/x.yaml", 1, 1, "", "yaml.date", Severity.Info, "No date.", "Mend it.");
        var log = Sarif.Of(new FindingReport(1, [finding]), "/work/tree");
        AssertFits(log);
        var result = JsonNode.Parse(log)!["runs"]![0]!["results"]![0]!;
        Assert.Equal("{\"uri\":\"file:///etc/x.yaml\"}", result["locations"]![0]!["physicalLocation"]!["artifactLocation"]!.ToJsonString());
        Assert.Equal("note", (string)result["level"]!);
    }

    private static void AssertFits(string log)
    {
        var file = Repository.At("tests", "Planning.Cli.Tests", "Artifacts", "sarif-2.1.0.used.json");
        var schema = JsonSchema.Compile(File.ReadAllBytes(file), file, new SchemaRegistry(), SchemaOptions.Default with { AssertFormats = true });
        Assert.Empty(schema.Findings);
        Assert.Empty(schema.Value!.Evaluate(ArtifactParser.Parse(Encoding.UTF8.GetBytes(log), "log.json").Root!.Value, "log.json"));
    }
}
