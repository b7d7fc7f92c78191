using System.Globalization;
using Planning.Artifacts.Documents;
using static Planning.Artifacts.Tests.Support.Parsing;

namespace Planning.Artifacts.Tests.Documents;

public sealed class TreeTests
{
    [Theory]
    [InlineData("null", NodeKind.Null)]
    [InlineData("~", NodeKind.Null)]
    [InlineData("", NodeKind.Null)]
    [InlineData("True", NodeKind.Boolean)]
    [InlineData("yes", NodeKind.String)]
    [InlineData("007", NodeKind.Integer)]
    [InlineData("0o17", NodeKind.Integer)]
    [InlineData("0xfF", NodeKind.Integer)]
    [InlineData("-12", NodeKind.Integer)]
    [InlineData("+.5", NodeKind.Number)]
    [InlineData("1.", NodeKind.Number)]
    [InlineData("1e3", NodeKind.Number)]
    [InlineData("1e", NodeKind.String)]
    [InlineData("-", NodeKind.Sequence)]
    [InlineData("1_000", NodeKind.String)]
    [InlineData("2024-01-15", NodeKind.String)]
    [InlineData("2024-01-15T10:00:00Z", NodeKind.String)]
    [InlineData("1.0.0", NodeKind.String)]
    [InlineData("'1'", NodeKind.String)]
    [InlineData("!!str 1", NodeKind.String)]
    [InlineData("!!float 1", NodeKind.Number)]
    public void A_yaml_scalar_has_the_kind_of_the_core_schema(string text, NodeKind kind) =>
        Assert.Equal(kind, Yaml($"a: {(text == "-" ? "\n  - 1" : text)}\n").Root!["a"]!.Kind);

    [Fact]
    public void Every_node_knows_line_column_and_pointer()
    {
        var root = Yaml("tasks:\n  - id: A\n    a/b~c: [x, 17]\n").Root!;
        var node = root.At("/tasks/0/a~1b~0c/1")!;
        Assert.Equal((3, 16, "/tasks/0/a~1b~0c/1", 17L), (node.Line, node.Column, node.Pointer, node.AsInt64));
        Assert.Null(root.At("/tasks/01"));
        Assert.Null(root.At("/tasks/0/id/x"));
        Assert.Same(root, root.At(""));
    }

    [Fact]
    public void Json_columns_count_characters_and_not_bytes()
    {
        var node = Json("{\"ä\": [\"😀\",\r\n  true, null, 1.50]}").Root!.At("/ä/0")!;
        Assert.Equal((1, 8), (node.Line, node.Column));
        node = node.Parent!.Elements[3];
        Assert.Equal((2, 15, 1.5, NodeKind.Number), (node.Line, node.Column, node.AsDouble, node.Kind));
    }

    [Fact]
    public void Foreign_line_breaks_do_not_move_lines()
    {
        var node = Yaml("a: x\u2028y\nb: 1\n").Root!.At("/b")!;
        Assert.Equal((2, 4), (node.Line, node.Column));
    }

    [Fact]
    public void An_alias_is_a_copy_that_stands_where_the_alias_stands()
    {
        var root = Yaml("a: &x {k: [1]}\nb: *x\n").Root!;
        var copy = root.At("/b/k/0")!;
        Assert.Equal((2, 4, "/b/k/0", 1L), (copy.Line, copy.Column, copy.Pointer, copy.AsInt64));
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text()
    {
        Assert.Equal(1, Yaml("\uFEFFa: 1\n").Root!["a"]!.AsInt64);
        Assert.Equal(1, Json("\uFEFF{\"a\": 1}").Root!["a"]!.AsInt64);
    }

    [Fact]
    public void A_large_mapping_finds_its_keys_and_duplicates()
    {
        var text = string.Concat(Enumerable.Range(0, 40).Select(i => $"k{i}: {i}\n")) + "k39: 0\n";
        var parsed = Yaml(text);
        Assert.Equal(39, parsed.Root!["k39"]!.AsInt64);
        Assert.Equal(["parse.duplicate_key 41:1"], Places(parsed.Findings));
    }

    [Theory]
    [InlineData("1", "1.0", 0)]
    [InlineData("1e2", "100", 0)]
    [InlineData("0x10", "16", 0)]
    [InlineData("0o10", "8", 0)]
    [InlineData("-0", "0", 0)]
    [InlineData("0.1", "0.10000000000000000001", -1)]
    [InlineData("1e400", "1e399", 1)]
    [InlineData("-1e400", "1e399", -1)]
    [InlineData("9007199254740993", "9007199254740992", 1)]
    [InlineData("1e9999999999", "1", 1)]
    [InlineData("1e-9999999999", "0", 1)]
    [InlineData("123456789012345678", "1234567890123456780e-1", 0)]
    [InlineData("9223372036854775807", "9223372036854775808", -1)]
    [InlineData("-9223372036854775808", "-9223372036854775.809e3", 1)]
    [InlineData("999999999999999999", "1e18", -1)]
    [InlineData("1e18", "1e37", -1)]
    [InlineData("-1e18", "-1e37", 1)]
    [InlineData("00000000000000000000000007.50", "+7.5", 0)]
    [InlineData("1.5e9998", "15e9997", 0)]
    public void Numbers_compare_exactly(string left, string right, int expected)
    {
        Assert.Equal(expected, Math.Sign(ExactNumber.Parse(left).CompareTo(ExactNumber.Parse(right))));
        Assert.Equal(-expected, Math.Sign(ExactNumber.Parse(right).CompareTo(ExactNumber.Parse(left))));
        Assert.Equal(expected == 0, ExactNumber.Parse(left) == ExactNumber.Parse(right));
    }

    [Theory]
    [InlineData("0.0075", "0.0001", true)]
    [InlineData("0.00751", "0.0001", false)]
    [InlineData("1e308", "0.5", true)]
    [InlineData("1e308", "0.123456789", false)]
    [InlineData("35", "1.5", false)]
    [InlineData("4.5", "1.5", true)]
    [InlineData("0", "7", true)]
    [InlineData("1", "1e300", false)]
    [InlineData("999999999999999999e18", "9", true)]
    [InlineData("1e19", "7e18", false)]
    [InlineData("-9223372036854775808", "2", true)]
    public void Multiples_are_exact(string value, string divisor, bool expected) =>
        Assert.Equal(expected, ExactNumber.Parse(value).IsMultipleOf(ExactNumber.Parse(divisor)));

    [Fact]
    public void The_nearest_double_is_the_one_that_the_text_stands_for()
    {
        var random = new Random(20261126);
        string[] edges = ["0", "-0", "0.1", "1e22", "1e23", "9007199254740993", "-9223372036854775808", "9007199254740992e22", "123456789012345678e-22", "1e-400", "1e400", "4.9e-324"];
        var any = Enumerable.Range(0, 2_000).Select(_ => $"{(random.Next(2) == 0 ? "-" : "")}{random.NextInt64(1L << random.Next(1, 62))}.{random.Next(1_000)}e{random.Next(-30, 30)}");

        Assert.All(edges.Concat(any), text => Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), ExactNumber.Parse(text).ToDouble()));
    }
}
