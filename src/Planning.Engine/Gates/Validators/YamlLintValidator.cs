using Planning.Artifacts;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Lint;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates.Kinds;

namespace Planning.Engine.Gates.Validators;

/// <summary>YAML among the content is written so that every reader reads it alike. A registered kind says itself how strictly.</summary>
public sealed partial class YamlLintValidator : IValidator
{
    private static readonly ValidatorParameter Strict = new("strict", ParameterType.Flag, "true")
    {
        Meaning = "also what is only form (indentation, trailing spaces, anchors) is an error, else a warning; a registered kind says itself how strictly",
    };

    public string Type => "yaml_lint";
    public string Version => "3";
    public IReadOnlyList<ValidatorParameter> Parameters { get; } = [Strict];

    public string? CacheScope(GateInput input) => RegisteredKinds.CacheScope(input.Rules);

    public ValueTask<IReadOnlyList<Finding>> ValidateAsync(GateInput input, ValidatorDefinition definition, CancellationToken cancellation)
    {
        var registered = RegisteredKinds.Of(input.Rules);
        var usual = Strict.FlagOf(definition) ? LintProfile.Strict : LintProfile.Relaxed;
        var findings = new List<Finding>();
        foreach (var artifact in input.Artifacts.Where(a => !a.Evidence && ArtifactParser.FormatOf(a.Name) == ArtifactFormat.Yaml))
        {
            cancellation.ThrowIfCancellationRequested();
            var profile = registered.Find(artifact.Name)?.Definition.Lint ?? usual;
            // The run bounds the findings; a bound of the lint's own would hide errors behind warnings.
            if (profile != LintProfile.Off)
                findings.AddRange(YamlLint.Run(artifact.Parsed, YamlLintOptions.Default with { Strict = profile == LintProfile.Strict, MaxFindings = int.MaxValue }));
        }
        return ValueTask.FromResult<IReadOnlyList<Finding>>(findings);
    }
}
