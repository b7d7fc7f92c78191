using System.Text;
using Planning.Domain.Rulebooks;
using Planning.Engine.Rulebooks;
using Xunit;

namespace Planning.Engine.Tests.Rulebooks;

public sealed class ArtifactKindsReaderTests
{
    private const string Flow =
        """
        version: 1.0.0
        kinds:
          flow:
            patterns: ["*.flow.yaml", flows/**/*.json]
            lint: relaxed
            schemas:
              1:
                type: object
                required: [name]
              2:
                type: object
                required: [title]
            migrations:
              2:
                renames:
                  /name: title
                defaults:
                  /steps/*/retries: 3

        """;

    [Fact]
    public void Kinds_are_read_with_patterns_profile_schemas_and_migrations()
    {
        var kind = Assert.Single(Read(Flow).Rulebook!.ArtifactKinds);
        Assert.Equal(("flow", LintProfile.Relaxed), (kind.Name, kind.Lint));
        Assert.Equal(["*.flow.yaml", "flows/**/*.json"], kind.Patterns.AsEnumerable());
        Assert.Equal([(1, "{\"type\":\"object\",\"required\":[\"name\"]}"), (2, "{\"type\":\"object\",\"required\":[\"title\"]}")], kind.Schemas.Select(s => (s.Key, s.Value)));
        var migration = Assert.Single(kind.Migrations);
        Assert.Equal((2, "/name", "title"), (migration.Key, migration.Value.Renames.Single().Key, migration.Value.Renames.Single().Value));
        Assert.Equal(("/steps/*/retries", "3"), (migration.Value.Defaults.Single().Key, migration.Value.Defaults.Single().Value));
    }

    [Fact]
    public void A_rulebook_without_the_file_has_no_kinds_and_the_hash_that_it_always_had()
    {
        Assert.Empty(DefaultRulebook.Load().ArtifactKinds);
        Assert.DoesNotContain(RulebookFiles.Artifacts, DefaultRulebook.Files.Bytes.Keys);
        Assert.NotEqual(DefaultRulebook.Load().Hash, Read("kinds: {}\n").Rulebook!.Hash);
    }

    [Theory]
    [InlineData("\"*.flow.yaml\"", "be_backlog.*.yaml", RulebookRules.BuiltInKind, "be_backlog", "/kinds/flow/patterns/0")]
    [InlineData("\"*.flow.yaml\"", "PARITY-*.json", RulebookRules.BuiltInKind, "PARITY", "/kinds/flow/patterns/0")]
    [InlineData("\"*.flow.yaml\"", "\"*.flow\"", RulebookRules.KindFormat, "\"*.flow\"", "/kinds/flow/patterns/0")]
    [InlineData("\"*.flow.yaml\"", "notes.md", RulebookRules.KindFormat, "notes.md", "/kinds/flow/patterns/0")]
    [InlineData("flows/**/*.json", "\"*.FLOW.yaml\"", RulebookRules.DuplicatePattern, "\"*.FLOW.yaml\"", "/kinds/flow/patterns/1")]
    [InlineData("required: [title]", "required: title", "schema.keyword_value", "title", "/kinds/flow/schemas/2/required")]
    [InlineData("required: [title]", "requried: [title]", "schema.unknown_keyword", "", "/kinds/flow/schemas/2/requried")]
    [InlineData("migrations:\n      2:", "migrations:\n      3:", RulebookRules.MigrationVersion, "renames", "/kinds/flow/migrations/3")]
    [InlineData("migrations:\n      2:", "migrations:\n      1:", RulebookRules.MigrationVersion, "renames", "/kinds/flow/migrations/1")]
    [InlineData("lint: relaxed", "lint: lax", "schema.enum", "lax", "/kinds/flow/lint")]
    [InlineData("/name: title", "name: title", "schema.propertyNames", "", "/kinds/flow/migrations/2/renames")]
    public void What_cannot_stand_is_found_at_its_place(string old, string changed, string rule, string at, string pointer)
    {
        Assert.Contains(old, Flow);
        var reading = Read(Flow.Replace(old, changed));
        Assert.Null(reading.Rulebook);
        var finding = Assert.Single(reading.Findings);
        Assert.Equal(("artifacts.yaml", rule), (finding.File, finding.Rule));
        Assert.StartsWith(pointer, finding.Pointer);
        Assert.StartsWith(at, Flow.Replace(old, changed).Split('\n')[finding.Line - 1][(finding.Column - 1)..]);
    }

    [Fact]
    public void A_schema_that_is_too_long_is_refused_with_the_limit()
    {
        var finding = Assert.Single(Read(Flow.Replace("required: [title]", $"description: {new string('x', 200_000)}")).Findings);
        Assert.Equal(RulebookRules.MaxSchemaLength, finding.Rule);
        Assert.Contains("max_schema_length is 200000", finding.Message);
    }

    [Fact]
    public void The_smallest_number_beyond_any_machine_does_not_stop_the_reading() =>
        Assert.NotNull(Read(Flow.Replace("required: [title]", "maximum: 1e400")));

    private static RulebookReading Read(string artifacts) =>
        RulebookReader.Read(new RulebookFiles(DefaultRulebook.Files.Bytes.SetItem(RulebookFiles.Artifacts, Encoding.UTF8.GetBytes(artifacts))));
}
