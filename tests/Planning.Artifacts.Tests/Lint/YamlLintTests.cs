using System.Text;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Lint;
using static Planning.Artifacts.Tests.Support.Parsing;

namespace Planning.Artifacts.Tests.Lint;

public sealed class YamlLintTests
{
    [Theory]
    [InlineData("a: yes\n", "yaml.truthy 1:4")]
    [InlineData("on: 1\n", "yaml.truthy 1:1")]
    [InlineData("a: [Off]\n", "yaml.truthy 1:5")]
    [InlineData("a: 007\n", "yaml.octal 1:4")]
    [InlineData("a: 0755\n", "yaml.octal 1:4")]
    [InlineData("a: 0o17\n", "yaml.octal 1:4")]
    [InlineData("a: -017\n", "yaml.octal 1:4")]
    [InlineData("a: 1_000\n", "yaml.number 1:4")]
    [InlineData("- 1_0.5\n", "yaml.number 1:3")]
    [InlineData("- 1.5_0\n", "yaml.number 1:3")]
    [InlineData("- 0b101\n", "yaml.number 1:3")]
    [InlineData("- 0x_ff\n", "yaml.number 1:3")]
    [InlineData("at: 12:30:45\n", "yaml.number 1:5")]
    [InlineData("a: 1\nb: 2023-14-05\n", "yaml.date 2:4")]
    [InlineData("a: 2026-02-30\n", "yaml.date 1:4")]
    [InlineData("a: |\n  text  \nb: 1 \n", "yaml.trailing_space 3:5")]
    [InlineData("a: >-\n  text\n\nb: 1 \n", "yaml.trailing_space 4:5")]
    [InlineData("a: 'one\n  two' \nb: 1\n", "yaml.trailing_space 2:7")]
    [InlineData("a: one\n  two \nb: 1\n", "yaml.trailing_space 2:6")]
    [InlineData("# note \na: 1\n", "yaml.trailing_space 1:7")]
    [InlineData("a: 2023-2-5\n", "yaml.date 1:4")]
    [InlineData("a: 2023-02-05T25:00:00Z\n", "yaml.date 1:4")]
    [InlineData("a: 1  \n", "yaml.trailing_space 1:5")]
    [InlineData("a: &x 1\n", "yaml.unused_anchor 1:4")]
    [InlineData("a: &x 1\nb: &x 2\nc: *x\n", "yaml.unused_anchor 1:4")]
    [InlineData("a: &x {k: 1}\nb:\n  <<: *x\n", "yaml.merge_key 3:3")]
    [InlineData("a:\n  b: 1\nc:\n    d: 1\n", "yaml.indentation 4:5")]
    [InlineData("a:\n  - 1\nb:\n- 1\n", "yaml.indentation 4:1")]
    [InlineData("a: |\n  last  ", "yaml.final_newline 2:9")]
    [InlineData("a:\n  b: |\n    x  \n  c: 1 \n", "yaml.trailing_space 4:7")]
    [InlineData("a: 1", "yaml.final_newline 1:5")]
    [InlineData("a: {\n\tb: 1}\n", "yaml.tab 2:1")]
    [InlineData("a: 1\na: 2\n", "parse.duplicate_key 2:1")]
    [InlineData("a:\n\t- 1\n", "parse.syntax 2:1")]
    [InlineData("a: *x\n", "parse.undefined_alias 1:4")]
    public void What_readers_understand_differently_is_found(string text, string expected) =>
        Assert.Equal([expected], Places(Lint(text)));

    [Theory]
    [InlineData("a: 'yes'\nb: \"007\"\nc: '2023-14-05'\n")]
    [InlineData("a: |\n  trailing  \n  \ttab\n  yes\n")]
    [InlineData("a: 2024-02-29\nb: 2024-01-15T10:00:00Z\nc: 2024-01-15 10:00\n")]
    [InlineData("a: &x [1]\nb: *x\nc: 0\nd: 0.5\ne: -1\n")]
    [InlineData("tasks:\n  - id: A\n    list:\n      - 1\n  - id: B\n    map:\n      k: 1\n")]
    [InlineData("a: nOthing\nb: north\nc: nO\n")]
    [InlineData("a: 0x1F\nb: v1_0\nc: a:b\nd: _1\ne: 2027-01-04T12:30:45Z\nf: 1.15\ng: 1e5\n")]
    [InlineData("a: '1_000'\nb: \"12:30\"\n")]
    public void What_is_clear_has_no_findings(string text) => Assert.Empty(Lint(text));

    [Fact]
    public void Findings_about_form_are_warnings_unless_strict()
    {
        var findings = Lint("a: &x 1  \nb: no\n", new YamlLintOptions { Strict = false });
        Assert.Equal([Severity.Warning, Severity.Warning, Severity.Error], findings.Select(finding => finding.Severity));
    }

    [Fact]
    public void A_file_with_very_many_findings_lists_the_first()
    {
        var findings = Lint(string.Concat(Enumerable.Range(0, 20).Select(i => $"k{i}: no\n")), new YamlLintOptions { MaxFindings = 3 });
        Assert.Equal(["yaml.truthy 1:5", "yaml.truthy 2:5", "yaml.truthy 3:5", "limit.max_findings 4:5"], Places(findings));
    }

    [Fact]
    public void Another_format_is_not_linted() =>
        Assert.Empty(YamlLint.Run(ArtifactParser.Parse("{\"a\": 007}"u8.ToArray(), "a.md")));

    private static IReadOnlyList<Finding> Lint(string text, YamlLintOptions? options = null) =>
        YamlLint.Run(Encoding.UTF8.GetBytes(text), "a.yaml", options);
}
