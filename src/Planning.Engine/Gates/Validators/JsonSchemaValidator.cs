using Planning.Artifacts;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Kinds;
using Planning.Artifacts.Lint;
using Planning.Artifacts.StoryMaps;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates.Kinds;

namespace Planning.Engine.Gates.Validators;

/// <summary>
/// Every content artifact can be read, and has the form of its kind: a JSON Schema for backlogs, capacity models, parity
/// reports, notes and the kinds that the rulebook registers, the expected sections for story maps, an outline for other
/// Markdown. Other kinds are read only.
/// Evidence is judged where it is used.
/// </summary>
public sealed partial class JsonSchemaValidator : IValidator
{
    public const string UnknownVersionRule = "json_schema.unknown_version";

    public string Type => "json_schema";
    public string Version => "3";
    public IReadOnlyList<ValidatorParameter> Parameters { get; } = [];

    public string? CacheScope(GateInput input) => RegisteredKinds.CacheScope(input.Rules);

    public ValueTask<IReadOnlyList<Finding>> ValidateAsync(GateInput input, ValidatorDefinition definition, CancellationToken cancellation)
    {
        var registered = RegisteredKinds.Of(input.Rules);
        var findings = new List<Finding>();
        foreach (var artifact in input.Artifacts.Where(a => !a.Evidence))
        {
            cancellation.ThrowIfCancellationRequested();
            findings.AddRange(artifact.Parsed.Findings);
            if (!artifact.Parsed.Ok)
                continue;
            if (artifact.Kind == ArtifactKind.StoryMap)
                findings.AddRange(artifact.Read(StoryMapReader.Read).Findings);
            else if (artifact.Kind == ArtifactKind.Markdown)
                findings.AddRange(MarkdownLint.Run(artifact.Parsed));
            else if (artifact.Parsed.Root is { } root)
                findings.AddRange(Judge(artifact, root, registered));
        }
        return ValueTask.FromResult<IReadOnlyList<Finding>>(findings);
    }

    private static IReadOnlyList<Finding> Judge(GateArtifact artifact, DocumentNode root, RegisteredKinds registered)
    {
        if ((ArtifactSchemas.Of(artifact.Kind) ?? registered.Find(artifact.Name)?.Schemas) is not { } versions)
            return [];
        // Without a version the newest schema judges, and finds that it is missing where it is required.
        var version = ArtifactSchemas.VersionOf(root) ?? versions.Keys[^1];
        return versions.TryGetValue(version, out var schema)
            ? schema.Evaluate(root, artifact.Name)
            : [artifact.Error(
                root["version"]!.Value, UnknownVersionRule,
                $"There is no version {version} of the form of {artifact.Name}; known are {string.Join(", ", versions.Keys)}.",
                "Write a version that is known, and the file in its form.")];
    }
}
