using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Planning.Artifacts.Canonical;
using Planning.Artifacts.Tests.Support;

namespace Planning.Artifacts.Tests.Canonical;

public sealed class CanonicalJsonTests
{
    [SharedDataTheory]
    [InlineData("arrays")]
    [InlineData("french")]
    [InlineData("structures")]
    [InlineData("unicode")]
    [InlineData("values")]
    [InlineData("weird")]
    public void The_published_vectors_come_out_byte_for_byte(string name)
    {
        var input = File.ReadAllBytes(Folders.Shared("jcs", "input", name + ".json"));
        var hex = File.ReadAllText(Folders.Shared("jcs", "outhex", name + ".txt"));
        var expected = hex.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(h => Convert.ToByte(h, 16)).ToArray();
        Assert.Equal(File.ReadAllBytes(Folders.Shared("jcs", "output", name + ".json")), expected);
        Assert.Equal(expected, CanonicalJson.Canonicalize(input));
        Assert.Equal(expected, CanonicalJson.Canonicalize(expected));
        Assert.Equal(expected, CanonicalJson.Canonicalize(JsonNode.Parse(input)));
        using var document = JsonDocument.Parse(input);
        Assert.Equal(expected, CanonicalJson.Canonicalize(document.RootElement));
    }

    [SharedDataFact]
    public void All_4900_published_numbers_are_written_as_ECMAScript_writes_them()
    {
        var lines = File.ReadAllLines(Folders.Shared("jcs", "es6-numbers-first-4900.csv"));
        Assert.Equal(4900, lines.Length);
        foreach (var line in lines)
        {
            var comma = line.IndexOf(',');
            var bits = ulong.Parse(line.AsSpan(0, comma), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            Assert.Equal(line[(comma + 1)..], EcmaScriptNumber.Format(BitConverter.UInt64BitsToDouble(bits)));
        }
    }

    [Theory]
    [InlineData("{\"b\":1,\"a\":[1.0,1e21,-0,0.000001,1e-7]}", "{\"a\":[1,1e+21,0,0.000001,1e-7],\"b\":1}")]
    [InlineData("{\"\\uD83D\\uDE00\":1,\"\\uFB33\":2}", "{\"😀\":1,\"\uFB33\":2}")]
    [InlineData(" \"\\u001f\\u007f\\/\\n\" ", "\"\\u001f\u007f/\\n\"")]
    [InlineData("333333333.33333329", "333333333.3333333")]
    [InlineData("null", "null")]
    public void A_text_has_one_canonical_form(string input, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(input))));

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}", "twice")]
    [InlineData("{\"a\":1,\"\\u0061\":2}", "twice")]
    [InlineData("[\"\\ud800\"]", "surrogate")]
    [InlineData("{\"\\ud800\":1}", "surrogate")]
    [InlineData("1e400", "infinite")]
    [InlineData("NaN", "not JSON")]
    [InlineData("[1", "not JSON")]
    [InlineData("1 2", "not JSON")]
    [InlineData("", "not JSON")]
    public void What_has_no_canonical_form_is_refused_with_the_reason(string input, string reason)
    {
        Assert.False(CanonicalJson.TryCanonicalize(Encoding.UTF8.GetBytes(input), out var bytes, out var why));
        Assert.Empty(bytes);
        Assert.Contains(reason, why, StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_with_numbers_or_strings_beyond_JSON_are_refused()
    {
        Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Canonicalize(new JsonObject { ["a"] = double.NaN }));
        Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Canonicalize(new JsonArray(double.PositiveInfinity)));
        Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Canonicalize(JsonValue.Create("\ud800")));
        Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Canonicalize(default(JsonElement)));
    }

    [Fact]
    public void Nodes_made_in_code_have_the_same_form_as_text()
    {
        var node = new JsonObject { ["z"] = 1, ["a"] = new JsonArray(1.5m, true, null, "x", 3L, 'c'), ["at"] = new DateTimeOffset(2027, 1, 4, 0, 0, 0, TimeSpan.Zero) };
        Assert.Equal(
            "{\"a\":[1.5,true,null,\"x\",3,\"c\"],\"at\":\"2027-01-04T00:00:00+00:00\",\"z\":1}",
            Encoding.UTF8.GetString(CanonicalJson.Canonicalize(node)));
    }

    [Fact]
    public void A_checksum_is_sha256_in_lower_case_hex()
    {
        Assert.Equal("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Checksum.Of("abc"u8));
        Assert.True(Checksum.IsWellFormed(Checksum.Of("x"u8)));
        Assert.False(Checksum.IsWellFormed("sha256:" + new string('A', 64)));
        Assert.False(Checksum.IsWellFormed(null));
    }
}
