using System.Security.Cryptography;
using Planning.Domain.Handoff;
using Xunit;

namespace Planning.Cli.Tests.Handoff;

public sealed class KeysNewTests : IDisposable
{
    private const string Variable = "PLANNING_TEST_PASSPHRASE";
    private readonly Folder folder = new();

    public KeysNewTests() => Environment.SetEnvironmentVariable(Variable, "correct horse");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_pair_is_made_and_its_fingerprint_is_shown()
    {
        var made = await Commands.RunAsync("keys", "new", "--out", folder.At("keys"), "--name", "lead", "--bits", "2048");

        var publicPem = await File.ReadAllTextAsync(folder.At("keys/lead.pub.pem"));
        using var rsa = RSA.Create();
        rsa.ImportFromPem(await File.ReadAllTextAsync(folder.At("keys/lead.key.pem")));
        Assert.Equal(0, made.ExitCode);
        Assert.Equal(publicPem.Trim(), rsa.ExportSubjectPublicKeyInfoPem());
        Assert.Contains(SealCrypto.Fingerprint(publicPem), made.Output);
    }

    [Fact]
    public async Task A_key_has_3072_bits_unless_told_otherwise()
    {
        await Commands.RunAsync("keys", "new", "--out", folder.Root, "--name", "lead");

        using var rsa = RSA.Create();
        rsa.ImportFromPem(await File.ReadAllTextAsync(folder.At("lead.pub.pem")));
        Assert.Equal(3072, rsa.KeySize);
    }

    [Fact]
    public async Task The_private_key_is_for_its_owner_alone()
    {
        await Commands.RunAsync("keys", "new", "--out", folder.Root, "--name", "lead", "--bits", "2048");

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.At("lead.key.pem")));
    }

    [Theory]
    [InlineData("lead.key.pem")]
    [InlineData("lead.pub.pem")]
    public async Task A_key_is_never_overwritten(string existing)
    {
        folder.Write(existing, "precious");

        var refused = await Commands.RunAsync("keys", "new", "--out", folder.Root, "--name", "lead", "--bits", "2048");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("never overwritten", refused.Error);
        Assert.Equal("precious", await File.ReadAllTextAsync(folder.At(existing)));
        Assert.Single(Directory.EnumerateFiles(folder.Root));
    }

    [Fact]
    public async Task A_passphrase_encrypts_the_private_key()
    {
        var made = await Commands.RunAsync("keys", "new", "--out", folder.Root, "--name", "lead", "--bits", "2048", "--passphrase-env", Variable);

        Assert.Equal(0, made.ExitCode);
        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", await File.ReadAllTextAsync(folder.At("lead.key.pem")));
    }

    [Theory]
    [InlineData("--bits 1024 --name lead", "--bits is 2048 to 8192")]
    [InlineData("--bits 2048 --name a/b", "not allowed in a file name")]
    [InlineData("--bits 2048", "--name")]
    [InlineData("--bits 2048 --name lead --passphrase-env PLANNING_TEST_UNSET", "PLANNING_TEST_UNSET is not set")]
    public async Task What_cannot_be_done_is_said_and_leaves_nothing(string arguments, string reason)
    {
        var refused = await Commands.RunAsync(["keys", "new", "--out", folder.Root, .. arguments.Split(' ')]);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(reason, refused.Error);
        Assert.Empty(Directory.EnumerateFiles(folder.Root));
    }
}
