using Planning.Domain;
using Planning.Domain.Handoff;
using Planning.Domain.Rulebooks;
using Planning.Engine.Tests.Handoff.Support;
using Xunit;

namespace Planning.Cli.Tests.Handoff;

/// <summary>Keys made by the command, registered and used against a running gateway. One class: the API key is a variable of the process.</summary>
public sealed class SigningTests : IDisposable
{
    private const string Passphrase = "PLANNING_TEST_SIGNING_PASSPHRASE";
    private readonly Folder folder = new();

    public SigningTests() => Environment.SetEnvironmentVariable(Passphrase, "correct horse");

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PLANNING_API_KEY", null);
        Environment.SetEnvironmentVariable("PLANNING_SERVER", null);
        folder.Dispose();
    }

    [Theory]
    [InlineData(SealAlgorithm.RsaSha256)]
    [InlineData(SealAlgorithm.RsaPssSha256)]
    public async Task Two_signers_seal_a_manifest_and_the_pack_is_verified_against_their_keys(SealAlgorithm algorithm)
    {
        var world = new HandoffWorld(algorithm);
        await using var gateway = await RunningGateway.StartAsync(world);
        var id = await world.PackageAsync();
        await MakeAsync(gateway, world, "per_lead", Role.PlanningLead);
        await MakeAsync(gateway, world, "per_reviewer", Role.TechnicalReviewer, "--passphrase-env", Passphrase);

        var first = await SignAsync(gateway, id, "per_lead", Role.PlanningLead);
        var second = await SignAsync(gateway, id, "per_reviewer", Role.TechnicalReviewer, "--passphrase-env", Passphrase);

        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.Contains($"plan {HandoffWorld.PlanId}", first.Output);
        Assert.Contains("artifact   be_backlog.yaml  sha256:", first.Output);
        Assert.Equal((0, ""), (second.ExitCode, second.Error));
        Assert.True((await world.ManifestAsync(id)).IsSealed);
        var verdict = await Commands.RunAsync("verify", folder.Write("release.pack", await world.PackAsync(id)), "--trust", folder.Root);
        // The folder's only trusted files are the two public keys; the pack lies beside them.
        Assert.Equal((0, ""), (verdict.ExitCode, verdict.Error));
    }

    [Fact]
    public async Task A_dry_run_shows_and_signs_nothing()
    {
        var world = new HandoffWorld();
        await using var gateway = await RunningGateway.StartAsync(world);
        var id = await world.PackageAsync();
        await MakeAsync(gateway, world, "per_lead", Role.PlanningLead);

        var shown = await SignAsync(gateway, id, "per_lead", Role.PlanningLead, "--dry-run");

        Assert.Equal(0, shown.ExitCode);
        Assert.Contains((await world.ManifestAsync(id)).Created!.Digest.Value, shown.Output);
        Assert.Empty((await world.ManifestAsync(id)).Signatures);
    }

    [Fact]
    public async Task The_refusal_of_the_server_is_shown_with_its_code()
    {
        var world = new HandoffWorld();
        await using var gateway = await RunningGateway.StartAsync(world);
        var id = await world.PackageAsync();
        await MakeAsync(gateway, world, "per_lead", Role.PlanningLead);

        var refused = await SignAsync(gateway, id, "per_lead", Role.Auditor);

        Assert.Equal(1, refused.ExitCode);
        Assert.Matches(@"The server refused \(403 .*sign_as_lead needs the role planning_lead.*\[role_missing\]", refused.Error);
        Assert.Empty((await world.ManifestAsync(id)).Signatures);
    }

    [Fact]
    public async Task A_key_that_is_not_registered_is_refused()
    {
        var world = new HandoffWorld();
        await using var gateway = await RunningGateway.StartAsync(world);
        var id = await world.PackageAsync();
        folder.Write("per_lead.key.pem", TestSigner.Stranger.Rsa.ExportPkcs8PrivateKeyPem());

        var refused = await SignAsync(gateway, id, "per_lead", Role.PlanningLead);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("[signer_unknown]", refused.Error);
    }

    [Fact]
    public async Task An_unknown_manifest_and_a_wrong_API_key_are_told_apart()
    {
        var world = new HandoffWorld();
        await using var gateway = await RunningGateway.StartAsync(world);
        folder.Write("per_lead.key.pem", TestSigner.Lead.Rsa.ExportPkcs8PrivateKeyPem());

        var unknown = await SignAsync(gateway, new ManifestId("hnd_x"), "per_lead", Role.PlanningLead);
        Environment.SetEnvironmentVariable("PLANNING_API_KEY", "plk_x_y");
        var stranger = await Commands.RunAsync("sign", "hnd_x", "--key", folder.At("per_lead.key.pem"), "--server", gateway.Address);

        Assert.Contains("[manifest_not_found]", unknown.Error);
        Assert.Contains("401", stranger.Error);
        Assert.Contains("Put a valid API key into PLANNING_API_KEY", stranger.Error);
    }

    [Theory]
    [InlineData("sign hnd_1 --key KEY", "Which server?")]
    [InlineData("sign hnd_1 --key KEY --server nowhere", "is no address of a server")]
    [InlineData("sign hnd_1 --key KEY --server http://127.0.0.1:1", "cannot be reached")]
    [InlineData("sign hnd_1 --key nowhere.pem --server http://127.0.0.1:1", "There is no file nowhere.pem")]
    [InlineData("sign hnd_1 --key PUBLIC --server http://127.0.0.1:1", "holds no private key")]
    [InlineData("sign hnd_1 --key BROKEN --server http://127.0.0.1:1", "is no private RSA key")]
    [InlineData("sign hnd_1 --key ENCRYPTED --server http://127.0.0.1:1", "is encrypted")]
    [InlineData("sign hnd_1 --key ENCRYPTED --passphrase-env PLANNING_TEST_SIGNING_PASSPHRASE --server http://127.0.0.1:1", "the passphrase is another")]
    [InlineData("keys register KEY --person p --role planning_lead --server http://127.0.0.1:1", "holds a private key, which never leaves your machine")]
    [InlineData("keys register BROKEN_PUBLIC --person p --role planning_lead --server http://127.0.0.1:1", "is no public RSA key")]
    [InlineData("keys register PUBLIC --person p --role planner --server http://127.0.0.1:1", "planner")]
    [InlineData("keys register PUBLIC --person p --role planning_lead --valid-to soon --server http://127.0.0.1:1", "--valid-to: 'soon' is no time")]
    [InlineData("keys register PUBLIC --person p --role planning_lead --valid-from 2027-02-01 --valid-to 2027-01-01 --server http://127.0.0.1:1", "which is not after")]
    public async Task What_cannot_be_done_is_said(string arguments, string reason)
    {
        var files = new Dictionary<string, string>
        {
            ["KEY"] = folder.Write("a.key.pem", TestSigner.Lead.Rsa.ExportPkcs8PrivateKeyPem()),
            ["PUBLIC"] = folder.Write("a.pub.pem", TestSigner.Lead.Pem),
            ["BROKEN"] = folder.Write("b.key.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
            ["BROKEN_PUBLIC"] = folder.Write("b.pub.pem", "x"),
            ["ENCRYPTED"] = folder.Write("c.key.pem", TestSigner.Lead.Rsa.ExportEncryptedPkcs8PrivateKeyPem(
                "another", new(System.Security.Cryptography.PbeEncryptionAlgorithm.Aes256Cbc, System.Security.Cryptography.HashAlgorithmName.SHA256, 1_000))),
        };

        var refused = await Commands.RunAsync([.. arguments.Split(' ').Select(a => files.GetValueOrDefault(a, a))]);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(reason, refused.Error);
    }

    /// <summary>Makes a pair and has an admin register it, with the server's address in the environment.</summary>
    private async Task MakeAsync(RunningGateway gateway, HandoffWorld world, string person, Role role, params string[] passphrase)
    {
        Assert.Equal(0, (await Commands.RunAsync(["keys", "new", "--out", folder.Root, "--name", person, "--bits", "2048", .. passphrase])).ExitCode);
        Environment.SetEnvironmentVariable("PLANNING_API_KEY", await gateway.KeyOfAsync("per_admin", Role.Admin));
        Environment.SetEnvironmentVariable("PLANNING_SERVER", gateway.Address);
        var registered = await Commands.RunAsync(
            "keys", "register", folder.At($"{person}.pub.pem"), "--person", person, "--role", Snake.Case(role.ToString()),
            "--valid-from", world.Time.GetUtcNow().ToString("O"));
        Environment.SetEnvironmentVariable("PLANNING_SERVER", null);
        Assert.Equal((0, ""), (registered.ExitCode, registered.Error));
        Assert.Contains(SealCrypto.Fingerprint(await File.ReadAllTextAsync(folder.At($"{person}.pub.pem"))), registered.Output);
    }

    private async Task<Outcome> SignAsync(RunningGateway gateway, ManifestId id, string person, Role role, params string[] more)
    {
        Environment.SetEnvironmentVariable("PLANNING_API_KEY", await gateway.KeyOfAsync(person, role));
        return await Commands.RunAsync(["sign", id.Value, "--key", folder.At($"{person}.key.pem"), "--server", gateway.Address, .. more]);
    }
}
