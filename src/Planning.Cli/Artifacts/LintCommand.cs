using System.CommandLine;
using Planning.Artifacts;
using Planning.Artifacts.Documents;
using Planning.Cli.Handoff;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates.Local;

namespace Planning.Cli.Artifacts;

/// <summary><c>planning artifact lint</c>: what the first gate would say, before anything is attached.</summary>
internal static class LintCommand
{
    public static Command Build(Func<Stream> standardInput)
    {
        var files = new InputFiles(standardInput);
        var report = new ReportOptions();
        var rulebook = new RulebookOption();
        var plan = new Option<bool>("--plan") { Description = "The files are the artifacts of one plan: references between them are checked as well." };
        var strict = new Option<bool>("--strict") { Description = "End with 1 for warnings, too." };
        var command = new Command(
            "lint", "Check artifacts by the validators of the first gate. Ends with 0 when there is no error, 1 when there is, 2 when something cannot be read.")
        {
            plan, strict,
        };
        files.AddTo(command);
        rulebook.AddTo(command);
        report.AddTo(command);
        command.Does(async (parsed, cancellation) =>
        {
            var onePlan = parsed.GetValue(plan);
            var rules = await rulebook.ReadAsync(parsed, cancellation);
            var (inputs, allRead) = await files.ReadAsync(parsed, path => onePlan || IsJudged(path), cancellation);
            var findings = await CheckAsync(inputs, rules, onePlan, cancellation);
            var result = new FindingReport(inputs.Count, findings);
            await report.WriteAsync(parsed, result, cancellation);
            return !allRead ? ExitCodes.NotDone
                : result.Errors > 0 || (parsed.GetValue(strict) && result.Warnings > 0) ? ExitCodes.Rejected
                : ExitCodes.Ok;
        });
        return command;
    }

    /// <summary>In a plan a file is known by its name, without a plan by its path; findings tell paths.</summary>
    private static async Task<IReadOnlyList<Finding>> CheckAsync(List<InputFile> inputs, Rulebook rules, bool onePlan, CancellationToken cancellation)
    {
        var byName = new Dictionary<string, InputFile>(StringComparer.Ordinal);
        foreach (var input in inputs)
        {
            if (!byName.TryAdd(onePlan ? input.Name : input.Path, input) && onePlan)
                throw new CommandFailedException($"{input.Path} and {byName[input.Name].Path} would have one name in a plan. Name one of them only.");
        }
        var findings = await LocalGate.CheckAsync(
            [.. byName.Select(f => new LocalFile(f.Key, f.Value.Bytes))], rules, onePlan, cancellation);
        return [.. findings.Select(finding => finding with { File = byName[finding.File].Path })];
    }

    private static bool IsJudged(string path) => ArtifactParser.FormatOf(path) != ArtifactFormat.Other;
}
