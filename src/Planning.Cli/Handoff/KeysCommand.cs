using System.CommandLine;

namespace Planning.Cli.Handoff;

/// <summary><c>planning keys</c></summary>
public static class KeysCommand
{
    public static Command Build() => new("keys", "Make and register the keys that sign manifests.")
    {
        KeysNewCommand.Build(),
        KeysRegisterCommand.Build(),
    };
}
