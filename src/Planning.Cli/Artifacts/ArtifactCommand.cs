using System.CommandLine;

namespace Planning.Cli.Artifacts;

/// <summary><c>planning artifact</c>: artifacts as files on this machine, before they are attached to a plan.</summary>
public static class ArtifactCommand
{
    /// <param name="standardInput">Opens what <c>-</c> stands for.</param>
    public static Command Build(Func<Stream> standardInput) => new("artifact", "Check artifacts on this machine, without a server.")
    {
        LintCommand.Build(standardInput),
        ValidateCommand.Build(standardInput),
        MigrateArtifactCommand.Build(),
    };
}
