using System.Reflection;
using System.Text;
using Planning.Artifacts;
using Planning.Artifacts.Kinds.Migrations;
using Planning.Artifacts.Lint;
using Planning.Engine.Gates.Local;
using Planning.Engine.Rulebooks;
using Planning.Testing;
using Xunit;

namespace Planning.Engine.Tests.Gates;

/// <summary>docs/artifacts.md names every rule about form, and its example of a kind stands.</summary>
public sealed class ArtifactDocsTests
{
    private static readonly string Docs = File.ReadAllText(Repository.At("docs", "artifacts.md"));

    [Fact]
    public void Every_rule_about_form_is_documented_and_every_documented_one_exists()
    {
        var rules = new[] { typeof(LintRules), typeof(MarkdownRules), typeof(MigrationRules), typeof(LocalMigration) }
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);
        var documented = Docs.Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Split('`')[1]);
        Assert.Equal(rules.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_example_of_a_kind_is_read_and_migrates_a_file()
    {
        var start = Docs.IndexOf("version: 1.0.0\nkinds:", StringComparison.Ordinal);
        var example = Docs[start..Docs.IndexOf("```", start, StringComparison.Ordinal)];
        var reading = RulebookReader.Read(new RulebookFiles(DefaultRulebook.Files.Bytes.SetItem(RulebookFiles.Artifacts, Encoding.UTF8.GetBytes(example))));
        Assert.Empty(reading.Findings);
        var file = new LocalFile("release.flow.yaml", "version: 1.0.0\nname: r # mine\nsteps:\n  - do: it\n"u8.ToArray());
        Assert.Empty(await LocalGate.CheckAsync([file], reading.Rulebook!, onePlan: false, CancellationToken.None));
        Assert.Equal(
            "version: 2.0.0\ntitle: r # mine\nsteps:\n  - do: it\n    retries: 3\n", LocalMigration.Run(file, reading.Rulebook!, 2)!.Value);
        Assert.Equal(["migration.no_path"], LocalMigration.Run(file, reading.Rulebook!, 3)!.Findings.Select(f => f.Rule));
        Assert.Null(LocalMigration.Run(file with { Name = "other.yaml" }, reading.Rulebook!, 2));
    }
}
