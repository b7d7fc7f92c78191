using System.CommandLine;
using Planning.Cli.Demo;
using Planning.Cli.Handoff;
using Planning.Cli.Serve;

var root = new RootCommand("Plans that are checked, approved, sealed and proven.")
{
    ServeCommand.Build(),
    DemoCommand.Build(),
    MigrateCommand.Build(),
    KeysCommand.Build(),
    SignCommand.Build(),
    VerifyCommand.Build(),
};
var parsed = root.Parse(args);
var exitCode = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? ExitCodes.NotDone : exitCode;
