using Planning.Engine.Tests.Handoff.Support;
using Xunit;

namespace Planning.Cli.Tests.Handoff;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_pack_is_verified_against_a_folder_of_keys()
    {
        Directory.CreateDirectory(folder.At("keys"));
        folder.Write("keys/lead.pub.pem", TestSigner.Lead.Pem);
        folder.Write("keys/lead.key.pem", TestSigner.Lead.Rsa.ExportPkcs8PrivateKeyPem());
        folder.Write("keys/reviewer.pub.pem", TestSigner.Reviewer.Pem);

        var verdict = await Commands.RunAsync("verify", await PackAsync(), "--trust", folder.At("keys"));

        Assert.Equal(0, verdict.ExitCode);
        Assert.StartsWith("VERIFIED", verdict.Output);
        Assert.Contains("proven by the signatures: the manifest, 2 artifacts, 1 evidence file", verdict.Output);
        Assert.Contains("5 after the seal", verdict.Output);
    }

    [Fact]
    public async Task Trust_can_be_given_as_files_and_fingerprints_together()
    {
        var verdict = await Commands.RunAsync(
            "verify", await PackAsync(), "--trust", folder.Write("lead.txt", $"{TestSigner.Lead.Fingerprint} planning_lead\n"), TestSigner.Reviewer.Fingerprint);

        Assert.Equal(0, verdict.ExitCode);
    }

    [Fact]
    public async Task Without_trust_it_is_intact_but_untrusted()
    {
        var verdict = await Commands.RunAsync("verify", await PackAsync());

        Assert.Equal(3, verdict.ExitCode);
        Assert.StartsWith("INTACT, BUT UNTRUSTED", verdict.Output);
    }

    [Fact]
    public async Task A_changed_pack_is_rejected_with_what_where_expected_and_found()
    {
        var pack = (byte[])(await SealedPack.BytesAsync()).Clone();
        var at = pack.AsSpan().IndexOf("run_1"u8);
        pack[at] ^= 1;

        var verdict = await Commands.RunAsync("verify", folder.Write("changed.pack", pack), "--trust", TestSigner.Lead.Fingerprint);

        Assert.Equal(1, verdict.ExitCode);
        Assert.StartsWith("REJECTED", verdict.Output);
        Assert.Matches(@"what +The pack has been changed.*\[digest_mismatch\]\n +where +\w+\n +expected +sha256:\w+\n +found +sha256:\w+\n", verdict.Output);
    }

    [Fact]
    public async Task Foreign_keys_are_rejected()
    {
        var verdict = await Commands.RunAsync("verify", await PackAsync(), "--trust", folder.Write("foreign.pem", TestSigner.Stranger.Pem));

        Assert.Equal(1, verdict.ExitCode);
        Assert.Contains("signed by keys you do not trust", verdict.Output);
    }

    [Theory]
    [InlineData("verify nowhere.pack", "There is no file nowhere.pack")]
    [InlineData("verify", "Required argument missing")]
    [InlineData("verify PACK --trust", "--trust")]
    [InlineData("verify PACK --trust nowhere", "no file or folder nowhere")]
    [InlineData("verify PACK --trust EMPTY", "There is no key in")]
    [InlineData("verify PACK --trust PACK", "is neither a PEM key nor a fingerprint")]
    [InlineData("verify PACK --max-bytes 10", "at most 10 are read")]
    public async Task What_cannot_be_read_is_no_verdict(string arguments, string reason)
    {
        var (pack, empty) = (await PackAsync(), folder.Write("empty.pem", ""));

        var refused = await Commands.RunAsync([.. arguments.Split(' ').Select(a => a switch { "PACK" => pack, "EMPTY" => empty, _ => a })]);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(reason, refused.Error);
        Assert.DoesNotContain("VERIFIED", refused.Output);
    }

    private async Task<string> PackAsync() => folder.Write("release.pack", await SealedPack.BytesAsync());
}
