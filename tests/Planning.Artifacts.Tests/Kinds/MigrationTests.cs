using Planning.Artifacts.Kinds.Migrations;
using static Planning.Artifacts.Tests.Support.Parsing;

namespace Planning.Artifacts.Tests.Kinds;

public sealed class MigrationTests
{
    private static readonly MigrationStep Step = new(
        2,
        new Dictionary<string, string> { ["/tasks/*/points"] = "effort_points", ["/by"] = "author" },
        new Dictionary<string, string> { ["/tasks/*/priority"] = "\"P2\"", ["/labels"] = "[\"new\",{\"on\":1}]" });

    [Fact]
    public void Comments_quotes_and_order_stay_and_only_what_changes_is_touched() => Assert.Equal(
        """
        # A plan
        version: 2.0.0   # of the form
        labels: ["new",{"on":1}]
        'author': ada
        tasks:
          - id: A   # first
            priority: "P2"
            effort_points: 3
          - id: B
            priority: P0
            effort_points: "5"

        """,
        Migrate("a.yaml",
            """
            # A plan
            version: 1.0.0   # of the form
            'by': ada
            tasks:
              - id: A   # first
                points: 3
              - id: B
                priority: P0
                points: "5"

            """).Replace("\"author\"", "'author'"));

    [Theory]
    [InlineData("tasks: []\n", "version: \"2.0.0\"\nlabels: [\"new\",{\"on\":1}]\ntasks: []\n")]
    [InlineData("version: 1\n", "version: 2\nlabels: [\"new\",{\"on\":1}]\n")]
    [InlineData("version: '1.0'\n", "version: \"2.0\"\nlabels: [\"new\",{\"on\":1}]\n")]
    [InlineData("version: 1.0.0\ntasks: [{id: A, points: 1}, {}]\n", "version: 2.0.0\nlabels: [\"new\",{\"on\":1}]\ntasks: [{priority: \"P2\", id: A, effort_points: 1}, {priority: \"P2\"}]\n")]
    [InlineData("tasks:\n  - text: |\n      long\n    points: 1\nversion: 1.0.0\n", "labels: [\"new\",{\"on\":1}]\ntasks:\n  - priority: \"P2\"\n    text: |\n      long\n    effort_points: 1\nversion: 2.0.0\n")]
    [InlineData("by: one\n  two\nversion: 1.0.0\n", "labels: [\"new\",{\"on\":1}]\nauthor: one\n  two\nversion: 2.0.0\n")]
    public void Each_way_of_writing_YAML_is_kept(string text, string expected) => Assert.Equal(expected, Migrate("a.yaml", text));

    [Theory]
    [InlineData("{\"version\": \"1.0.0\", \"by\": 1}", "{\"labels\": [\"new\",{\"on\":1}], \"version\": \"2.0.0\", \"author\": 1}")]
    [InlineData("{\n  \"version\": \"1.0.0\",\n  \"tasks\": [{\"points\": 1}]\n}\n", "{\n  \"labels\": [\"new\",{\"on\":1}],\n  \"version\": \"2.0.0\",\n  \"tasks\": [{\"priority\": \"P2\", \"effort_points\": 1}]\n}\n")]
    [InlineData("{}", "{\"version\": \"2.0.0\", \"labels\": [\"new\",{\"on\":1}]}")]
    public void JSON_stays_JSON(string text, string expected) => Assert.Equal(expected, Migrate("a.json", text));

    [Theory]
    [InlineData("version: 1.0.0\nby: a\nauthor: b\n", "migration.key_exists 3:1")]
    [InlineData("version: 1.0.0\na: &t\n  points: 1\ntasks:\n  - *t\n", "migration.alias 5:5")]
    [InlineData("version: 1.0.0\n\"b\\x79\": a\n", "migration.alias 2:1")]
    [InlineData("version: [\n", "parse.syntax 1:10")]
    public void What_cannot_be_changed_in_place_is_a_finding_and_no_text(string text, string expected)
    {
        var result = Migration.Apply("a.yaml", text, Step);
        Assert.Null(result.Value);
        Assert.Equal([expected], Places(result.Findings));
    }

    [Fact]
    public void A_step_with_nothing_to_do_only_raises_the_version() =>
        Assert.Equal("version: 2.0.0\nlabels: []\ntasks:\n  - {priority: P1}\n", Migrate("a.yaml", "version: 1.0.0\nlabels: []\ntasks:\n  - {priority: P1}\n"));

    [Fact]
    public void A_new_name_that_would_mean_something_else_is_put_in_quotes()
    {
        var step = new MigrationStep(2, new Dictionary<string, string> { ["/by"] = "on" }, new Dictionary<string, string>());
        Assert.Equal("version: 2.0.0\n\"on\": a\n", Migration.Apply("a.yaml", "version: 1.0.0\nby: a\n", step).Value);
    }

    private static string Migrate(string name, string text)
    {
        var result = Migration.Apply(name, text, Step);
        Assert.Empty(result.Findings);
        Assert.Empty(Parse(result.Value!, name).Findings);
        return result.Value!;
    }
}
