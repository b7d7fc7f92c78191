using System.CommandLine;
using Planning.Engine.Handoff.Packs;

namespace Planning.Cli.Handoff;

/// <summary><c>planning verify</c>: judges an evidence pack without any server.</summary>
public static class VerifyCommand
{
    public static Command Build()
    {
        var file = new Argument<string>("FILE") { Description = "The evidence pack." };
        var trust = new Option<string[]>("--trust")
        {
            Description = "Keys that you trust: PEM files, folders of them, lists of fingerprints, or fingerprints.",
            HelpName = "KEYS",
            AllowMultipleArgumentsPerToken = true,
            Arity = ArgumentArity.OneOrMore,
        };
        var maxBytes = new Option<long>("--max-bytes")
        {
            Description = "A larger file is not read.",
            DefaultValueFactory = _ => PackOptions.Default.MaxBytes,
        };
        var command = new Command(
            "verify",
            "Verify an evidence pack. Ends with 0 when verified, 1 when rejected, 2 when it cannot be read, 3 when intact but untrusted.") { file, trust, maxBytes };
        command.Does(async (parsed, cancellation) =>
        {
            var options = PackOptions.Default with { MaxBytes = parsed.GetValue(maxBytes) };
            var trusted = parsed.GetValue(trust) is { Length: > 0 } sources ? TrustFiles.Read(sources) : null;
            var path = parsed.GetRequiredValue(file);
            var verdict = PackVerifier.Verify(await ReadAsync(path, options, cancellation), trusted, options);
            await parsed.InvocationConfiguration.Output.WriteAsync(VerdictText.Of(path, verdict).AsMemory(), cancellation);
            return verdict switch
            {
                PackVerdict.Verified => ExitCodes.Ok,
                PackVerdict.IntactButUntrusted => ExitCodes.Untrusted,
                _ => ExitCodes.Rejected,
            };
        });
        return command;
    }

    private static async Task<byte[]> ReadAsync(string path, PackOptions options, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            throw new CommandFailedException($"There is no file {path}.");
        var length = new FileInfo(path).Length;
        return length <= Math.Min(options.MaxBytes, Array.MaxLength)
            ? await File.ReadAllBytesAsync(path, cancellation)
            : throw new CommandFailedException($"{path} has {length} bytes; at most {options.MaxBytes} are read. Raise --max-bytes if the file is what you expect.");
    }
}
