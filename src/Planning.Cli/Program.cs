using System.CommandLine;
using Planning.Cli.Artifacts;
using Planning.Cli.Demo;
using Planning.Cli.Handoff;
using Planning.Cli.Refreshes;
using Planning.Cli.Rulebooks;
using Planning.Cli.Serve;

var root = new RootCommand("Plans that are checked, approved, sealed and proven.")
{
    ServeCommand.Build(),
    DemoCommand.Build(),
    MigrateCommand.Build(),
    KeysCommand.Build(),
    SignCommand.Build(),
    VerifyCommand.Build(),
    RefreshVerbs.Build(),
    RulebookVerbs.Build(),
    ArtifactCommand.Build(Console.OpenStandardInput),
};
var parsed = root.Parse(args);
// Ctrl-C and SIGTERM cancel the command, which then stops its server and database in order; only a stop that hangs is cut off.
var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
return parsed.Errors.Count > 0 ? ExitCodes.NotDone : exitCode;
