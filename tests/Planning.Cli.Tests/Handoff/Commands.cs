using System.CommandLine;
using Planning.Cli.Handoff;

namespace Planning.Cli.Tests.Handoff;

/// <summary>How a command ended, and what it said.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error);

/// <summary>Runs the handoff commands in this process, as Program does.</summary>
internal static class Commands
{
    public static async Task<Outcome> RunAsync(params string[] args)
    {
        var root = new RootCommand { KeysCommand.Build(), SignCommand.Build(), VerifyCommand.Build() };
        var parsed = root.Parse(args);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return new Outcome(parsed.Errors.Count > 0 ? ExitCodes.NotDone : exitCode, output.ToString(), error.ToString());
    }
}
