using System.CommandLine;
using Planning.Artifacts.Canonical;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Handoff;
using Planning.Engine.Handoff;

namespace Planning.Cli.Handoff;

/// <summary><c>planning sign</c>: shows what is signed, signs on this machine, sends the signature.</summary>
public static class SignCommand
{
    public static Command Build()
    {
        var id = new Argument<string>("MANIFEST_ID");
        var key = new Option<string>("--key") { Description = "Your private key, a PEM file. It is not sent.", Required = true, HelpName = "FILE" };
        var passphrase = Passphrases.Option();
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show what would be signed." };
        var server = new ServerOptions();

        var command = new Command("sign", "Sign a manifest with your key.") { id, key, passphrase, dryRun };
        server.AddTo(command);
        command.Does(async (parsed, cancellation) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            using var rsa = KeyPairFiles.ReadPrivate(parsed.GetRequiredValue(key), Passphrases.Read(parsed.GetValue(passphrase)));
            using var connection = server.Connect(parsed);
            var path = $"v1/manifests/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}";
            var bytes = await connection.GetAsync($"{path}/document", cancellation);
            var manifest = Read(bytes, parsed.GetRequiredValue(id));

            var digest = new ContentHash(Checksum.Of(bytes));
            await output.WriteAsync(ManifestText.Of(manifest, digest).AsMemory(), cancellation);
            if (parsed.GetValue(dryRun))
                return ExitCodes.Ok;

            var fingerprint = SealCrypto.Fingerprint(rsa.ExportSubjectPublicKeyInfoPem());
            await connection.PostAsync($"{path}/signatures", new SignRequest(fingerprint, SealCrypto.Sign(rsa, AlgorithmOf(manifest), digest)), cancellation);
            await output.WriteLineAsync($"Signed with {fingerprint}; the server has taken the signature.".AsMemory(), cancellation);
            return ExitCodes.Ok;
        });
        return command;
    }

    /// <summary>The server could send another manifest than the one that was asked for; what is signed is read here.</summary>
    private static ManifestBody Read(byte[] bytes, string id)
    {
        try
        {
            var manifest = ManifestDocument.Read(bytes).Manifest;
            return manifest.Id.Value == id
                ? manifest
                : throw new CommandFailedException($"The server sent manifest {manifest.Id} instead of {id}. Nothing was signed.") { ExitCode = ExitCodes.Rejected };
        }
        catch (FormatException e)
        {
            throw new CommandFailedException($"The server sent no manifest that can be signed: {e.Message} Nothing was signed.", e) { ExitCode = ExitCodes.Rejected };
        }
    }

    private static Domain.Rulebooks.SealAlgorithm AlgorithmOf(ManifestBody manifest) => SealAlgorithms.Find(manifest.Seal.Algorithm)
        ?? throw new CommandFailedException($"The seal asks for {manifest.Seal.Algorithm}, which this release cannot make. Use the server's release.");
}
