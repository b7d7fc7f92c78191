using System.CommandLine;
using Planning.Cli.Artifacts;
using Planning.Cli.Handoff;
using Planning.Engine.Rulebooks;

namespace Planning.Cli.Rulebooks;

/// <summary><c>planning rulebook validate</c>: what the server would say of a rulebook, without one.</summary>
internal static class ValidateRulebookCommand
{
    public static Command Build()
    {
        var folder = RulebookFolder.Argument();
        var report = new ReportOptions();
        var command = new Command("validate", "Check a rulebook on this machine, without a server. Ends with 0 when there is no error, 1 when there is, 2 when it cannot be read.") { folder };
        report.AddTo(command);
        command.Does(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(folder);
            var files = await RulebookFolder.ReadAsync(path, cancellation);
            var reading = RulebookReader.Read(files);
            await report.WriteAsync(
                parsed, new FindingReport(files.Bytes.Count, [.. reading.Findings.Select(f => f with { File = Path.Combine(path, f.File) })]), cancellation);
            return reading.Rulebook is null ? ExitCodes.Rejected : ExitCodes.Ok;
        });
        return command;
    }
}
