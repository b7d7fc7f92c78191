using System.Text;
using Planning.Engine.Handoff;
using Planning.Engine.Tests.Handoff.Support;
using Planning.Testing;
using Xunit;

namespace Planning.Engine.Tests.Handoff;

public sealed class ManifestGoldenTests
{
    private static readonly string Golden = Repository.At("tests", "Planning.Engine.Tests", "Handoff", "Golden", "manifest.json");

    [Fact]
    public async Task The_canonical_bytes_of_the_fixed_plan_never_change()
    {
        var world = new HandoffWorld();
        var created = (await world.ManifestAsync(await world.PackageAsync())).Created!;

        var bytes = (await world.Blobs.GetAsync(HandoffWorld.Workspace, created.Document, default))!.Value;

        Assert.Equal((await File.ReadAllTextAsync(Golden)).TrimEnd('\n'), Encoding.UTF8.GetString(bytes.Span));
    }

    [Fact]
    public async Task A_document_is_read_back_to_the_same_bytes()
    {
        var bytes = Encoding.UTF8.GetBytes((await File.ReadAllTextAsync(Golden)).TrimEnd('\n'));

        Assert.Equal(bytes, ManifestDocument.Read(bytes).ToCanonicalBytes());
    }

    [Theory]
    [InlineData("{", " {", "canonical form")]
    [InlineData("{", "x", "not JSON")]
    [InlineData("\"number\":1", "\"number\":\"1\"", "not a manifest")]
    [InlineData("\"number\":1,", "", "not a manifest")]
    [InlineData("\"window\":", "\"windows\":", "not a manifest")]
    [InlineData("\"stream\":\"platform\"", "\"stream\":null", "not a manifest")]
    [InlineData("\"created_at\":\"2027-01-15T10:00:09Z\"", "\"created_at\":\"2027-01-15T10:00:09+00:00\"", "not a manifest")]
    [InlineData("\"version\":\"1.0.0\"}", "\"version\":\"2.0.0\"}", "version 2.0.0")]
    public async Task What_is_no_manifest_is_refused_with_its_reason(string old, string changed, string reason)
    {
        var golden = (await File.ReadAllTextAsync(Golden)).TrimEnd('\n');
        var at = golden.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"The golden manifest has no {old}.");
        var text = string.Concat(golden.AsSpan(0, at), changed, golden.AsSpan(at + old.Length));

        var error = Assert.ThrowsAny<FormatException>(() => ManifestDocument.Read(Encoding.UTF8.GetBytes(text)));

        Assert.Contains(reason, error.Message);
    }
}
