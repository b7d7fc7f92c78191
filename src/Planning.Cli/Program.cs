using System.CommandLine;
using Planning.Cli.Handoff;

var root = new RootCommand("Plans that are checked, approved, sealed and proven.")
{
    KeysCommand.Build(),
    SignCommand.Build(),
    VerifyCommand.Build(),
};
var parsed = root.Parse(args);
var exitCode = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? ExitCodes.NotDone : exitCode;
