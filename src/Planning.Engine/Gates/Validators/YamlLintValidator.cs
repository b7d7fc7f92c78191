using Planning.Artifacts;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Lint;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Gates.Validators;

/// <summary>YAML among the content is written so that every reader reads it alike.</summary>
public sealed class YamlLintValidator : IValidator
{
    private static readonly ValidatorParameter Strict = new("strict", ParameterType.Flag, "true");

    public string Type => "yaml_lint";
    public string Version => "2";
    public IReadOnlyList<ValidatorParameter> Parameters { get; } = [Strict];

    public string? CacheScope(GateInput input) => "";

    public ValueTask<IReadOnlyList<Finding>> ValidateAsync(GateInput input, ValidatorDefinition definition, CancellationToken cancellation)
    {
        // The run bounds the findings; a bound of the lint's own would hide errors behind warnings.
        var options = YamlLintOptions.Default with { Strict = Strict.FlagOf(definition), MaxFindings = int.MaxValue };
        var findings = new List<Finding>();
        foreach (var artifact in input.Artifacts.Where(a => !a.Evidence && ArtifactParser.FormatOf(a.Name) == ArtifactFormat.Yaml))
        {
            cancellation.ThrowIfCancellationRequested();
            findings.AddRange(YamlLint.Run(artifact.Parsed, options));
        }
        return ValueTask.FromResult<IReadOnlyList<Finding>>(findings);
    }
}
