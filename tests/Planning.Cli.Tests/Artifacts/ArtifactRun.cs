using System.CommandLine;
using System.Text;
using Planning.Cli.Artifacts;
using Planning.Cli.Handoff;
using Planning.Cli.Tests.Handoff;

namespace Planning.Cli.Tests.Artifacts;

/// <summary>Runs <c>planning artifact</c> in this process, as Program does.</summary>
internal static class ArtifactRun
{
    public static Task<Outcome> Async(params string[] args) => WithInputAsync("", args);

    public static async Task<Outcome> WithInputAsync(string input, params string[] args)
    {
        var root = new RootCommand { ArtifactCommand.Build(() => new MemoryStream(Encoding.UTF8.GetBytes(input))) };
        var parsed = root.Parse(["artifact", .. args]);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return new Outcome(parsed.Errors.Count > 0 ? ExitCodes.NotDone : exitCode, output.ToString(), error.ToString());
    }
}
