using Planning.Artifacts.Schema;

namespace Planning.Artifacts.Tests.Schema;

/// <summary>Our own cases of the asserted formats, which need no shared data.</summary>
public sealed class FormatTests
{
    [Theory]
    [InlineData("date", "2024-02-29", "2023-02-29")]
    [InlineData("time", "23:59:60Z", "22:59:60Z")]
    [InlineData("time", "01:29:60.5+01:30", "01:30:60+01:30")]
    [InlineData("date-time", "2026-01-05t08:00:00.123-05:00", "2026-01-05 08:00:00Z")]
    [InlineData("duration", "P1Y2M3DT4H", "P1YT")]
    [InlineData("email", "\"a b\"@[127.0.0.1]", "a b@planning.example")]
    [InlineData("hostname", "a-b.planning.example", "-a.planning.example")]
    [InlineData("hostname", "xn--bcher-kva.example", "xn--bcher-kvA-.example")]
    [InlineData("hostname", "xn--fiqs8s", "xn--a")]
    [InlineData("ipv4", "10.0.0.255", "10.0.0.256")]
    [InlineData("ipv6", "::ffff:10.0.0.1", "::ffff:10.0.0.01")]
    [InlineData("uri", "urn:a:b", "/a/b")]
    [InlineData("uri-reference", "../a?b#c", "a b")]
    [InlineData("uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d16380", "2eb8aa08aa9811eab4aa73b441d16380")]
    [InlineData("json-pointer", "/a~1b/0", "a/b")]
    [InlineData("regex", "^(?<year>[0-9]{4})[^]$", "(?#no)a")]
    public void A_format_has_texts_of_its_own_and_no_others(string format, string good, string bad)
    {
        Assert.True(Formats.Has(format, good));
        Assert.False(Formats.Has(format, bad));
    }

    [Fact]
    public void Every_asserted_format_has_a_case()
    {
        var cases = typeof(FormatTests).GetMethod(nameof(A_format_has_texts_of_its_own_and_no_others))!
            .GetCustomAttributesData().Where(data => data.AttributeType == typeof(InlineDataAttribute))
            .Select(data => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)[0].Value!);
        Assert.Empty(Formats.Names.Except(cases));
    }

    [Theory]
    [InlineData("idn-hostname")]
    [InlineData("iri")]
    [InlineData("uri-template")]
    public void Other_formats_only_describe(string format) => Assert.Null(Formats.Has(format, "\0"));
}
