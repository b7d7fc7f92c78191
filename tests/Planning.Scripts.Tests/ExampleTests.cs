using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Planning.Artifacts;
using Planning.Engine.Rulebooks;
using Planning.Scripts.Tests.Support;
using Planning.Testing;

namespace Planning.Scripts.Tests;

/// <summary>What docs/script-validators.md and schemas/validator show holds.</summary>
public sealed partial class ExampleTests
{
    private const string Team = """
        version: 1.0.0
        tasks:
          - id: A-1
            assignee: ada
          - id: A-2
          - id: A-3
            status: done
          - id: A-4
            assignee: mallory

        """;

    private static readonly string Docs = File.ReadAllText(Repository.At("docs", "script-validators.md"));

    [ScriptFact("python3")]
    public Task The_example_in_Python_finds_tasks_without_an_owner_of_the_team() => JudgeAsync("owners.py");

    [ScriptFact("node")]
    public Task The_example_in_JavaScript_finds_the_same() => JudgeAsync("owners.js");

    [Fact]
    public void The_entry_on_the_page_is_one_that_a_rulebook_may_have()
    {
        var entry = Entry().Match(Docs).Groups["entry"].Value;
        var gates = Encoding.UTF8.GetString(DefaultRulebook.Files.Bytes["gates.yaml"].Span).Replace("    validators:\n      - type: json_schema\n", entry + "      - type: json_schema\n");

        var reading = RulebookReader.Read(new RulebookFiles(DefaultRulebook.Files.Bytes.SetItem("gates.yaml", Encoding.UTF8.GetBytes(gates))));

        Assert.Empty(reading.Findings);
        var script = reading.Rulebook!.Gates[0].Validators[0];
        Assert.Equal(("script", "owners", TimeSpan.FromSeconds(10)), (script.Type, script.Name, script.Timeout));
        var example = SHA256.HashData(File.ReadAllBytes(Repository.At("schemas", "validator", "examples", "owners.py")));
        Assert.Equal($"\"{Convert.ToHexStringLower(example)}\"", script.Parameters["sha256"]);
        Assert.Equal(["arguments", "cacheable", "command", "sha256"], script.Parameters.Keys);
    }

    private static async Task JudgeAsync(string example)
    {
        using var bench = new ScriptBench();
        File.Copy(Repository.At("schemas", "validator", "examples", example), Path.Combine(bench.Folder, example));
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(bench.Folder, example))));

        var findings = await bench.RunAsync(
            ScriptBench.Definition(("command", example), ("sha256", sha256), ("arguments", new[] { "grace", "ada" })), ScriptBench.Input("a plan", ("be_backlog.yaml", Team)));

        Assert.Equal(
            [
                new Finding("be_backlog.yaml", 5, 5, "/tasks/1", "script.owners.missing_owner", Severity.Error, "The task A-2 belongs to nobody.", "Give it an assignee.") { MessageKey = "owner of A-2" },
                new Finding(
                    "be_backlog.yaml", 9, 15, "/tasks/3/assignee", "script.owners.unknown_owner", Severity.Error, "The task A-4 belongs to mallory, who is not of this team.",
                    "Assign it to one of ada, grace.") { MessageKey = "owner of A-4" },
            ],
            findings);
    }

    [GeneratedRegex("```yaml\\n(?<entry>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Entry();
}
