using Planning.Artifacts.Lint;
using static Planning.Artifacts.Tests.Support.Parsing;

namespace Planning.Artifacts.Tests.Lint;

public sealed class MarkdownLintTests
{
    [Theory]
    [InlineData("", "markdown.no_title 1:1")]
    [InlineData("## Steps\n", "markdown.no_title 1:1")]
    [InlineData("# One\n\ntext\n\n# Two\n", "markdown.second_title 5:1")]
    [InlineData("One\n===\n\nTwo\n===\n", "markdown.second_title 4:1")]
    [InlineData("# One\n\n### Three\n", "markdown.skipped_level 3:1")]
    [InlineData("# One\n- x\n\n  ### Three\n", "markdown.skipped_level 4:3")]
    [InlineData("# One\n\n##\n", "markdown.empty_heading 3:1")]
    [InlineData("# One\n\nsee [this]()\n", "markdown.empty_link 3:5")]
    [InlineData("# One\n\n- an ![image]( )\n", "markdown.empty_link 3:6")]
    public void A_fault_of_the_outline_is_found_at_its_place(string text, string expected) => Assert.Equal([expected], Places(Lint(text)));

    [Theory]
    [InlineData("# One\n\n## Two\n\n### Three\n\n## Four\n")]
    [InlineData("Title\n=====\n\nPart\n----\n\n[link](a.md) and <https://planning.example>\n")]
    [InlineData("# One\n\n```\n# no heading\n[no link]()\n```\n")]
    public void A_sound_outline_has_no_findings(string text) => Assert.Empty(Lint(text));

    [Fact]
    public void In_prose_the_outline_is_a_warning_and_in_a_story_map_an_error()
    {
        Assert.All(Lint("## Steps\n"), finding => Assert.Equal(Severity.Warning, finding.Severity));
        var map = StoryMaps.StoryMapReader.Read(Parse("## Epic: A\n", "story_map.md")).Findings;
        Assert.Equal(Severity.Error, Assert.Single(map, finding => finding.Rule == MarkdownRules.NoTitle).Severity);
    }

    [Fact]
    public void Markdown_that_nests_without_end_is_an_error() =>
        Assert.Equal(["markdown.depth 1:1"], Places(Lint(string.Concat(Enumerable.Repeat("> ", 20_000)) + "x")));

    [Fact]
    public void Another_format_is_not_linted() => Assert.Empty(MarkdownLint.Run(Yaml("a: 1\n")));

    private static IReadOnlyList<Finding> Lint(string text) => MarkdownLint.Run(Parse(text, "notes.md"));
}
