using System.CommandLine;
using Planning.Artifacts;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Schema;
using Planning.Cli.Handoff;

namespace Planning.Cli.Artifacts;

/// <summary><c>planning artifact validate</c>: judges any JSON or YAML by any JSON Schema, without any network.</summary>
internal static class ValidateCommand
{
    public static Command Build(Func<Stream> standardInput)
    {
        var files = new InputFiles(standardInput);
        var report = new ReportOptions();
        var schema = new Option<string>("--schema") { Description = "The schema, JSON or YAML.", Required = true, HelpName = "SCHEMA" };
        var references = new Option<string[]>("--reference")
        {
            Description = "A schema that the schema may refer to by its $id; may be repeated. Nothing is fetched.",
            HelpName = "FILE",
        };
        var strict = new Option<bool>("--strict") { Description = "A keyword that JSON Schema does not define is a fault of the schema." };
        var formats = new Option<bool>("--formats") { Description = "format is an assertion, not a description." };
        var command = new Command(
            "validate", "Judge JSON and YAML files by a JSON Schema. Ends with 0 when all are valid, 1 when not, 2 when a file or the schema cannot be read.")
        {
            schema, references, strict, formats,
        };
        files.AddTo(command);
        report.AddTo(command);
        command.Does(async (parsed, cancellation) =>
        {
            var options = SchemaOptions.Default with { AllowUnknownKeywords = !parsed.GetValue(strict), AssertFormats = parsed.GetValue(formats) };
            var compiled = await CompileAsync(parsed.GetRequiredValue(schema), parsed.GetValue(references) ?? [], options, cancellation);
            if (compiled.Value is not { } judge)
            {
                await report.WriteAsync(parsed, new FindingReport(0, compiled.Findings), cancellation);
                return ExitCodes.NotDone;
            }
            var (inputs, allRead) = await files.ReadAsync(parsed, IsInstance, cancellation);
            var findings = new List<Finding>();
            foreach (var input in inputs)
            {
                var instance = ArtifactParser.Parse(input.Bytes, Instance(input.Path));
                allRead &= instance.Ok;
                findings.AddRange(instance is { Ok: true, Root: { } root } ? judge.Evaluate(root, instance.FileName) : instance.Findings);
            }
            await report.WriteAsync(parsed, new FindingReport(inputs.Count, findings), cancellation);
            return !allRead ? ExitCodes.NotDone : findings.Count > 0 ? ExitCodes.Rejected : ExitCodes.Ok;
        });
        return command;
    }

    private static async Task<ReadResult<JsonSchema>> CompileAsync(string path, string[] references, SchemaOptions options, CancellationToken cancellation)
    {
        var registry = new SchemaRegistry();
        foreach (var reference in references)
        {
            var parsed = await ParseAsync(reference, cancellation);
            if (parsed is not { Ok: true, Root: { } root })
                return new ReadResult<JsonSchema>(null, parsed.Findings);
            if (root["$id"]?.AsString is not { } id)
                throw new CommandFailedException($"{reference} has no $id, so nothing can refer to it. Give it one.");
            registry.Add(id, root);
        }
        var schema = await ParseAsync(path, cancellation);
        return schema is { Ok: true, Root: { } content }
            ? JsonSchema.Compile(content, path, registry, options)
            : new ReadResult<JsonSchema>(null, schema.Findings);
    }

    private static async Task<ParsedArtifact> ParseAsync(string path, CancellationToken cancellation) =>
        ArtifactParser.Parse(await InputFiles.ReadOneAsync(path, cancellation), Instance(path));

    /// <exception cref="CommandFailedException">The name says nothing of the format.</exception>
    private static string Instance(string path) => IsInstance(path)
        ? path
        : throw new CommandFailedException($"{path} is neither JSON nor YAML by its name. Let it end in .json, .yaml or .yml, or give it on standard input with --name.");

    private static bool IsInstance(string path) => ArtifactParser.FormatOf(path) is ArtifactFormat.Json or ArtifactFormat.Yaml;
}
