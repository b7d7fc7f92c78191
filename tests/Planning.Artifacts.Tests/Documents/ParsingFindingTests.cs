using System.Text;
using Planning.Artifacts.Documents;
using static Planning.Artifacts.Tests.Support.Parsing;

namespace Planning.Artifacts.Tests.Documents;

public sealed class ParsingFindingTests
{
    private static readonly ArtifactLimits Small = new()
    {
        MaxBytes = 200, MaxDepth = 3, MaxNodes = 8, MaxAliasExpansion = 4, MaxNumberLength = 5,
    };

    [Theory]
    [InlineData("a.yaml", "a: 1\nb: [1, 2\nc: 3\n", "parse.syntax 2:4")]
    [InlineData("a.yaml", "a: 1\n  b: 2\n", "parse.syntax 2:4")]
    [InlineData("a.yaml", "a:\n\t- 1\n", "parse.syntax 2:1")]
    [InlineData("a.yaml", "a:\n  - k: 1\n    l: 2\n\tm: 3\n", "parse.syntax 4:1")]
    [InlineData("a.yaml", "a:\n  b:\n  - x\n\t- y\n", "parse.syntax 4:1")]
    [InlineData("a.yaml", "a:\n  one two\n  b: 1\n", "parse.syntax 2:3")]
    [InlineData("a.yaml", "a:\n  k: 1\nb:\n   c: 1\n  d: 2\n", "parse.syntax 4:4")]
    [InlineData("a.yaml", "a: 1\nb: 2\na: 3\n", "parse.duplicate_key 3:1")]
    [InlineData("a.yaml", "", "parse.empty 1:1")]
    [InlineData("a.yaml", "# nothing\n", "parse.empty 1:1")]
    [InlineData("a.yaml", "a: 1\n---\nb: 2\n", "parse.multi_document 2:1")]
    [InlineData("a.yaml", "a: *nobody\n", "parse.undefined_alias 1:4")]
    [InlineData("a.yaml", "? [x, y]\n: 1\nb: 2\n", "parse.complex_key 1:3")]
    [InlineData("a.yaml", "a: !secret 1\n", "parse.unknown_tag 1:4")]
    [InlineData("a.yaml", "a: !!int x\n", "parse.unknown_tag 1:4")]
    [InlineData("a.yaml", "a: !thing [1]\n", "parse.unknown_tag 1:4")]
    [InlineData("a.yaml", "a: 1\nb: .inf\n", "parse.non_finite_number 2:4")]
    [InlineData("a.yaml", "a: 1\nb: \"x\\0\"\n", "parse.nul 2:4")]
    [InlineData("a.yaml", "a: 1\nb: x\0y\n", "parse.nul 2:5")]
    [InlineData("a.yaml", "b: \"\\ud800\"\n", "parse.syntax 1:11")]
    [InlineData("a.yaml", "a: {b: {c: {d: 1}}}\n", "limit.max_depth 1:12")]
    [InlineData("a.yaml", "a: [1, 2, 3, 4, 5, 6, 7, 8]\n", "limit.max_nodes 1:23")]
    [InlineData("a.yaml", "a: &x [1, 2]\nb: *x\nc: *x\n", "limit.max_alias_expansion 3:4")]
    [InlineData("a.yaml", "a: &x [*x]\n", "limit.max_alias_expansion 1:8")]
    [InlineData("a.yaml", "a: 1234567\n", "limit.max_number_length 1:4")]
    [InlineData("a.json", "{\"a\": 1,\n \"b\": }", "parse.syntax 2:7")]
    [InlineData("a.json", "{\"a\": 1", "parse.syntax 1:8")]
    [InlineData("a.json", "[\n 1\n 2]", "parse.syntax 2:3")]
    [InlineData("a.json", "{\"a\": [1, 2]\n\n \"b\": 3}", "parse.syntax 1:13")]
    [InlineData("a.json", "", "parse.empty 1:1")]
    [InlineData("a.json", "{\"a\": 1,\r\n \"a\": 2}", "parse.duplicate_key 2:2")]
    [InlineData("a.json", "{\"ä\": \"é\", \"b\": \"\\ud800\"}", "parse.surrogate 1:17")]
    [InlineData("a.json", "[\"\\u0000\"]", "parse.nul 1:2")]
    [InlineData("a.json", "[[[[1]]]]", "limit.max_depth 1:4")]
    [InlineData("a.json", "[1, 2, 3, 4, 5, 6, 7, 8]", "limit.max_nodes 1:23")]
    [InlineData("a.json", "[1234567]", "limit.max_number_length 1:2")]
    public void What_is_wrong_is_named_with_line_and_column(string name, string text, string expected)
    {
        var parsed = Parse(text, name, Small);
        Assert.Equal([expected], Places(parsed.Findings));
        Assert.False(parsed.Ok);
        Assert.All(parsed.Findings, finding => Assert.NotEmpty(finding.Advice));
    }

    [Theory]
    [InlineData("a:\n  - b: [1, 2\n    c: 3\n  - d: 4\n", "parse.syntax 2:8")]
    [InlineData("a: {b: [1], c: 2\n\n# d\ne: 3\n", "parse.syntax 1:4")]
    [InlineData("a: [\n  1,\n  b: : 2\n]\nc: 3\n", "parse.syntax 3:7")]
    [InlineData("a: 1\nb: \"x\nc: \"y\"\n", "parse.syntax 2:4")]
    [InlineData("a: 1\nb: 'x\nc: 3\n", "parse.syntax 2:4")]
    [InlineData("a: [\"x, y]\nb: [\"z\"]\n", "parse.syntax 1:5")]
    [InlineData("a: \"x\n  y\"\nb: \"z\" w\n", "parse.syntax 3:9")]
    [InlineData("a: [1, b: : 2]\nc: 3\n", "parse.syntax 1:12")]
    [InlineData("a: {b: \"[\", c: : 2}\nc: 3\n", "parse.syntax 1:17")]
    [InlineData("a: [1", "parse.syntax 1:4")]
    [InlineData("a: {b: 1,\n", "parse.syntax 1:4")]
    [InlineData("a: \"x", "parse.syntax 1:4")]
    public void What_nothing_closes_is_named_where_it_begins_and_what_is_closed_where_it_is_broken(string text, string expected) =>
        Assert.Equal([expected], Places(Yaml(text).Findings));

    [Theory]
    [InlineData("a.yaml")]
    [InlineData("a.json")]
    [InlineData("a.md")]
    public void Wrong_utf8_is_found_at_its_byte(string name)
    {
        byte[] bytes = [.. "ab\nc\u00e4"u8, 0xFF, (byte)'x'];
        Assert.Equal(["parse.encoding 2:3"], Places(ArtifactParser.Parse(bytes, name).Findings));
    }

    [Fact]
    public void A_file_above_the_size_limit_is_not_read_at_all()
    {
        var parsed = Yaml(new string('a', 201), Small);
        Assert.Equal(["limit.max_bytes 1:1"], Places(parsed.Findings));
        Assert.Null(parsed.Root);
    }

    [Fact]
    public void Findings_beyond_the_limit_are_counted_as_one_more()
    {
        var text = string.Concat(Enumerable.Repeat("a: 1\n", 10));
        var parsed = Yaml(text, new ArtifactLimits { MaxFindings = 2 });
        Assert.Equal(["parse.duplicate_key 2:1", "parse.duplicate_key 3:1", "limit.max_findings 4:1"], Places(parsed.Findings));
    }

    [Theory]
    [InlineData("a.yaml", "a: 1\na:\n  b: 1\n  b: 2\n", "parse.duplicate_key /a", "parse.duplicate_key /a/b")]
    [InlineData("a.json", """{"x": [[1], {"b": {"c/d": 1, "c/d": 2}}]}""", "parse.duplicate_key /x/1/b/c~1d")]
    [InlineData("a.yaml", "x:\n- 1\n- - 2\n  - y: \"\\0\"\n", "parse.nul /x/1/1/y")]
    [InlineData("a.yaml", "x:\n- [1]\n- [1, 2]\n- [!!int z]\n", "parse.unknown_tag /x/2/0")]
    public void What_is_wrong_within_lists_and_mappings_that_are_not_read_to_their_end_has_its_pointer(string name, string text, params string[] expected) =>
        Assert.Equal(expected, Parse(text, name).Findings.Select(f => $"{f.Rule} {f.Pointer}"));

    [Theory]
    [InlineData("a.yaml", "a: 1\nb: [1, {c: 2, d: 3, e: 4, f: 5, g: 6}]\n")]
    [InlineData("a.json", """{"a": 1, "b": [1, {"c": 2, "d": 3, "e": 4, "f": 5, "g": 6}]}""")]
    public void What_was_read_before_a_limit_stays(string name, string text)
    {
        var parsed = Parse(text, name, Small);

        Assert.Equal(["limit.max_nodes /b/1/f"], parsed.Findings.Select(f => $"{f.Rule} {f.Pointer}"));
        Assert.Equal(4, parsed.Root!.Value.At("/b/1/e")!.Value.AsInt64);
        Assert.Null(parsed.Root.Value.At("/b/1/f"));
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(500)]
    public void Of_any_number_of_keys_each_is_found_and_one_that_is_there_twice_is_named(int count)
    {
        var text = string.Concat(Enumerable.Range(0, count).Select(i => $"k{i}: {i}\n"));

        var parsed = Yaml(text + $"k{count - 1}: x\n");

        Assert.Equal([$"parse.duplicate_key {count + 1}:1"], Places(parsed.Findings));
        Assert.Contains($"on line {count}.", parsed.Findings[0].Message, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, count), i => Assert.Equal(i, parsed.Root!.Value[$"k{i}"]!.Value.AsInt64));
        Assert.All(Enumerable.Range(0, count), i => Assert.Equal($"/k{i}", parsed.Root!.Value.Detach()[$"k{i}"]!.Value.Pointer));
        Assert.Null(parsed.Root!.Value[$"k{count}"]);
    }

    [Fact]
    public void A_yaml_bomb_is_stopped_by_the_alias_limit_and_not_by_memory()
    {
        var bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (var c = 'b'; c <= 'z'; c++)
            bomb.Append($"{c}: &{c} [{string.Join(", ", Enumerable.Repeat($"*{(char)(c - 1)}", 9))}]\n");
        var finding = Assert.Single(Yaml(bomb.ToString()).Findings);
        Assert.Equal("limit.max_alias_expansion", finding.Rule);
        Assert.Equal(5, finding.Line);
    }

    [Fact]
    public void A_second_finding_of_the_same_defect_keeps_its_fingerprint_when_lines_move()
    {
        var one = Yaml("a: 1\na: 2\n").Findings[0];
        var two = Yaml("# moved\n\na: 1\na: 2\n").Findings[0];
        var other = Yaml("b: 1\nb: 2\n").Findings[0];
        Assert.Equal(one.Fingerprint, two.Fingerprint);
        Assert.NotEqual(one.Fingerprint, other.Fingerprint);
        Assert.Matches("^[0-9a-f]{16}$", one.Fingerprint);
    }

    [Fact]
    public void Limits_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Yaml("a: 1", new ArtifactLimits { MaxDepth = 513 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Yaml("a: 1", new ArtifactLimits { MaxNodes = 0 }));
    }
}
