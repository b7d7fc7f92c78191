using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Schema;
using Planning.Domain.Plans;
using Planning.Scripts.Contract;
using Planning.Scripts.Tests.Support;
using Planning.Testing;

namespace Planning.Scripts.Tests.Contract;

public sealed class ScriptInputTests
{
    private static readonly JsonSchema Schema = JsonSchema.Compile(
        File.ReadAllBytes(Repository.At("schemas", "validator", "v1", "input.json")), "input.json", new SchemaRegistry()).Value!;

    [Fact]
    public void The_input_has_the_form_that_its_schema_describes()
    {
        var input = ScriptBench.Input("Zahlung «Q1»", ("be_backlog.yaml", "tasks: [{id: A-1, points: 0x10}]\n"), ("story_map.md", "# Map\n"), ("broken.json", "{"));
        input = input with
        {
            Plan = input.Plan with
            {
                Description = "All of it.", GivenWindow = new PlanWindow(new DateOnly(2027, 1, 4), new DateOnly(2027, 3, 31)),
                GivenTags = ImmutableSortedDictionary<string, string>.Empty.Add("criticality", "0"),
            },
            Artifacts = [.. input.Artifacts, ScriptBench.Artifact("logo.bin", [0xFF, 0xFE, 0x00])],
        };
        var bytes = ScriptInput.Write(input, ScriptBench.Definition(), input.At, 1 << 20);

        Assert.Empty(Schema.Evaluate(ArtifactParser.Parse(bytes, "input.json").Root!.Value, "input.json"));
        var json = JsonElement.Parse(bytes.Span);
        Assert.Equal(["text", "text", "text", "base64"], json.GetProperty("artifacts").EnumerateArray().Select(a => a.TryGetProperty("text", out _) ? "text" : "base64"));
        Assert.Equal(16, json.GetProperty("artifacts")[0].GetProperty("data").GetProperty("tasks")[0].GetProperty("points").GetInt32());
        Assert.False(json.GetProperty("artifacts")[2].TryGetProperty("data", out _));
        Assert.Contains("«Q1»", Encoding.UTF8.GetString(bytes.Span));
    }
}
