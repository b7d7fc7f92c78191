using System.CommandLine;

namespace Planning.Cli.Handoff;

/// <summary>Passphrases come from the environment: arguments are seen by every user of the machine.</summary>
internal static class Passphrases
{
    public static Option<string?> Option() => new("--passphrase-env")
    {
        Description = "The environment variable that holds the passphrase of the private key.",
        HelpName = "VAR",
    };

    /// <summary>Null when none was asked for.</summary>
    /// <exception cref="CommandFailedException">The variable is not set.</exception>
    public static string? Read(string? variable)
    {
        if (variable is null)
            return null;
        return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } passphrase
            ? passphrase
            : throw new CommandFailedException($"The environment variable {variable} is not set. Put the passphrase of the private key there.");
    }
}
