using System.CommandLine;
using System.Text;
using Planning.Artifacts;
using Planning.Cli.Handoff;
using Planning.Engine.Gates.Local;

namespace Planning.Cli.Artifacts;

/// <summary><c>planning artifact migrate</c>: a file of a registered kind in a later version of its form.</summary>
internal static class MigrateArtifactCommand
{
    public static Command Build()
    {
        var file = new Argument<string>("FILE") { Description = "The file; it is not changed unless it is named as --output." };
        var to = new Option<int>("--to") { Description = "The version that is wanted.", Required = true, HelpName = "VERSION" };
        var output = new Option<string?>("--output") { Description = "Where the result goes; without it, to standard output.", HelpName = "FILE" };
        var rulebook = new RulebookOption();
        var command = new Command(
            "migrate", "Bring a file of a registered kind to a later version. Ends with 0 when done, 1 when the file does not allow it, 2 when something cannot be read.")
        {
            file, to, output,
        };
        rulebook.AddTo(command);
        command.Does(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(file);
            var rules = await rulebook.ReadAsync(parsed, cancellation);
            var bytes = await InputFiles.ReadOneAsync(path, cancellation);
            var migrated = LocalMigration.Run(new LocalFile(path, bytes), rules, parsed.GetValue(to))
                ?? throw new CommandFailedException($"No registered kind has files of the name {path}. Name the folder of a rulebook whose artifacts.yaml registers it with --rulebook.");
            var findings = migrated.Value is { } text
                ? [.. (await LocalGate.CheckAsync([new LocalFile(path, Encoding.UTF8.GetBytes(text))], rules, onePlan: false, cancellation)).Where(f => f.Severity == Severity.Error)]
                : migrated.Findings;
            if (findings.Count > 0)
            {
                await parsed.InvocationConfiguration.Error.WriteAsync(FindingText.Of(new FindingReport(1, findings)));
                return ExitCodes.Rejected;
            }
            if (parsed.GetValue(output) is { } target)
                await File.WriteAllTextAsync(target, migrated.Value, cancellation);
            else
                await parsed.InvocationConfiguration.Output.WriteAsync(migrated.Value.AsMemory(), cancellation);
            return ExitCodes.Ok;
        });
        return command;
    }
}
