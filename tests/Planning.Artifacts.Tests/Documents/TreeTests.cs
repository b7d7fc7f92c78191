using System.Globalization;
using System.Text.Json;
using Planning.Artifacts.Documents;
using Planning.Testing.Fuzzing;
using Xunit.Abstractions;
using static Planning.Artifacts.Tests.Support.Parsing;

namespace Planning.Artifacts.Tests.Documents;

public sealed class TreeTests(ITestOutputHelper output)
{
    private const int DocumentsPerSeed = 100;

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
        Assert.Equal(kind, Yaml($"a: {(text == "-" ? "\n  - 1" : text)}\n").Root!.Value["a"]!.Value.Kind);

    [Fact]
    public void Every_node_knows_line_column_and_pointer()
    {
        var root = Yaml("tasks:\n  - id: A\n    a/b~c: [x, 17]\n").Root!.Value;
        var node = root.At("/tasks/0/a~1b~0c/1")!.Value;
        Assert.Equal((3, 16, "/tasks/0/a~1b~0c/1", 17L), (node.Line, node.Column, node.Pointer, node.AsInt64));
        Assert.Null(root.At("/tasks/01"));
        Assert.Null(root.At("/tasks/0/id/x"));
        Assert.Equal(root, root.At(""));
    }

    [Fact]
    public void Json_columns_count_characters_and_not_bytes()
    {
        var node = Json("{\"ä\": [\"😀\",\r\n  true, null, 1.50]}").Root!.Value.At("/ä/0")!.Value;
        Assert.Equal((1, 8), (node.Line, node.Column));
        node = node.Parent!.Value.Elements[3];
        Assert.Equal((2, 15, 1.5, NodeKind.Number), (node.Line, node.Column, node.AsDouble, node.Kind));
    }

    [Fact]
    public void Foreign_line_breaks_do_not_move_lines()
    {
        var node = Yaml("a: x\u2028y\nb: 1\n").Root!.Value.At("/b")!.Value;
        Assert.Equal((2, 4), (node.Line, node.Column));
    }

    [Fact]
    public void An_alias_is_a_copy_that_stands_where_the_alias_stands()
    {
        var root = Yaml("a: &x {k: [1]}\nb: *x\n").Root!.Value;
        var copy = root.At("/b/k/0")!.Value;
        Assert.Equal((2, 4, "/b/k/0", 1L), (copy.Line, copy.Column, copy.Pointer, copy.AsInt64));
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text()
    {
        Assert.Equal(1, Yaml("\uFEFFa: 1\n").Root!.Value["a"]!.Value.AsInt64);
        Assert.Equal(1, Json("\uFEFF{\"a\": 1}").Root!.Value["a"]!.Value.AsInt64);
    }

    [Fact]
    public void A_large_mapping_finds_its_keys_and_duplicates()
    {
        var text = string.Concat(Enumerable.Range(0, 40).Select(i => $"k{i}: {i}\n")) + "k39: 0\n";
        var parsed = Yaml(text);
        Assert.Equal(39, parsed.Root!.Value["k39"]!.Value.AsInt64);
        Assert.Equal(["parse.duplicate_key 41:1"], Places(parsed.Findings));
    }

    /// <summary>Around the sizes at which a tree begins another array, or a mapping a table of its keys.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(1_500)]
    public void Of_any_number_each_element_and_entry_knows_its_place(int count)
    {
        var list = string.Join(", ", Enumerable.Range(0, count).Select(i => $"{{\"n\": {i}}}"));
        var map = string.Join(", ", Enumerable.Range(0, count).Select(i => $"\"k{i}\": [{i}]"));
        var read = Json($"{{\"before\": [1, []], \"list\": [{list}], \"map\": {{{map}}}, \"after\": 2}}").Root!.Value;
        foreach (var root in new[] { read, read.Detach() })
        {
            var (elements, entries) = (root["list"]!.Value.Elements, root["map"]!.Value.Entries);
            Assert.Equal((count, count), (elements.Count, entries.Count));
            Assert.Equal(Enumerable.Range(0, count).Select(i => (i, $"/list/{i}/n", (long?)i)), elements.Select(e => (e.Index, e["n"]!.Value.Pointer, e["n"]!.Value.AsInt64)));
            Assert.Equal(Enumerable.Range(0, count).Select(i => ($"k{i}", i, $"/map/k{i}/0")), entries.Select(e => (e.Key, e.Value.Index, e.Value.Elements[0].Pointer)));
            Assert.All(elements, e => Assert.Equal(root["list"], e.Parent));
            Assert.All(entries, e => Assert.Equal((DocumentNode?)e.Value, root["map"]!.Value[e.Key]));
            Assert.Null(root["map"]!.Value[$"k{count}"]);
            Assert.Throws<ArgumentOutOfRangeException>(() => elements[count]);
            Assert.Throws<ArgumentOutOfRangeException>(() => entries[-1]);
            Assert.Equal(2, root["after"]!.Value.AsInt64);
        }
    }

    [Fact]
    public void Random_documents_read_as_the_platform_reads_them()
    {
        output.WriteLine(FuzzSeeds.Told("random documents", DocumentsPerSeed));
        foreach (var random in FuzzSeeds.All.Select(seed => new Random((int)(seed % int.MaxValue))))
        {
            for (var i = 0; i < DocumentsPerSeed; i++)
            {
                var text = RandomJson(random, depth: 5);
                using var platform = JsonDocument.Parse(text);
                Compare(platform.RootElement, Json(text).Root!.Value);
                Compare(platform.RootElement, Yaml(text).Root!.Value);
            }
        }
    }

    private static string RandomJson(Random random, int depth) => (depth == 0 ? 0 : random.Next(4)) switch
    {
        0 => random.Next(1000).ToString(CultureInfo.InvariantCulture),
        1 => $"\"t{random.Next(50)}\"",
        2 => $"[{string.Join(", ", Enumerable.Range(0, Length(random)).Select(_ => RandomJson(random, depth - 1)))}]",
        _ => $"{{{string.Join(", ", Enumerable.Range(0, Length(random)).Select(i => $"\"k{i}\": {RandomJson(random, depth - 1)}"))}}}",
    };

    /// <summary>Mostly few, now and then more than a mapping goes through one by one.</summary>
    private static int Length(Random random) => random.Next(20) == 0 ? random.Next(70) : random.Next(5);

    private static void Compare(JsonElement expected, DocumentNode node)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.Equal(expected.EnumerateObject().Select(p => p.Name), node.Entries.Select(e => e.Key));
                foreach (var property in expected.EnumerateObject())
                    Compare(property.Value, node[property.Name]!.Value);
                break;
            case JsonValueKind.Array:
                Assert.Equal(expected.GetArrayLength(), node.Elements.Count);
                for (var i = 0; i < node.Elements.Count; i++)
                    Compare(expected[i], node.Elements[i]);
                break;
            default:
                Assert.Equal(expected.ToString(), node.Text);
                break;
        }
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
