using System.CommandLine;
using Planning.Domain.Handoff;

namespace Planning.Cli.Handoff;

/// <summary><c>planning keys new</c>: makes a pair; nothing leaves the machine.</summary>
internal static class KeysNewCommand
{
    private const int DefaultBits = 3072;
    private const int MaxBits = 8192;

    public static Command Build()
    {
        var folder = new Option<string>("--out") { Description = "The folder that the two files go to.", Required = true, HelpName = "DIR" };
        var name = new Option<string>("--name") { Description = "NAME.key.pem is the private key, NAME.pub.pem the public one.", Required = true };
        var bits = new Option<int>("--bits")
        {
            Description = $"Length of the RSA modulus, {SealCrypto.MinKeyBits} to {MaxBits}.",
            DefaultValueFactory = _ => DefaultBits,
        };
        var passphrase = Passphrases.Option();
        name.AcceptLegalFileNamesOnly();
        bits.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < SealCrypto.MinKeyBits or > MaxBits)
                result.AddError($"--bits is {SealCrypto.MinKeyBits} to {MaxBits}.");
        });

        var command = new Command("new", "Make a key pair for a signer.") { folder, name, bits, passphrase };
        command.Does(async (parsed, cancellation) =>
        {
            var made = KeyPairFiles.Create(
                parsed.GetRequiredValue(folder), parsed.GetRequiredValue(name), parsed.GetValue(bits), Passphrases.Read(parsed.GetValue(passphrase)));
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                $"private key  {made.PrivatePath} (keep it; it is never sent)\npublic key   {made.PublicPath}\nfingerprint  {made.Fingerprint}".AsMemory(), cancellation);
            return ExitCodes.Ok;
        });
        return command;
    }
}
