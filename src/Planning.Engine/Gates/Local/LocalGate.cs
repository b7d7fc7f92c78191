using System.Collections.Immutable;
using Planning.Artifacts;
using Planning.Artifacts.Canonical;
using Planning.Artifacts.Documents;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates.Validators;

namespace Planning.Engine.Gates.Local;

/// <summary>A file that is attached to no plan yet.</summary>
/// <param name="Name">The name that it would be attached under; it decides the kind.</param>
public sealed record LocalFile(string Name, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// What the first gate would say of files on this machine: its own validators judge them, with the parameters that the
/// rulebook gives them. Nothing is evidence here, so reports that a plan would attach as evidence are judged as well.
/// </summary>
public static class LocalGate
{
    private static readonly PlanId Plan = new("local");
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);
    private static readonly IValidator[] OfFiles = [new JsonSchemaValidator(), new YamlLintValidator()];
    private static readonly IValidator[] OfPlans = [.. OfFiles, new ReferencesValidator()];

    /// <summary>Every finding, in the order of the files, then by line and column.</summary>
    /// <param name="files">Each under a name of its own.</param>
    /// <param name="rules">Parameters of validators, and registered kinds, are taken from it.</param>
    /// <param name="onePlan">Whether the files are the artifacts of one plan, so that references between them are judged too.
    /// Whether tasks of other plans exist cannot be known here, and is not judged.</param>
    /// <exception cref="ArgumentException">Two files have one name.</exception>
    public static async Task<ImmutableArray<Finding>> CheckAsync(
        IReadOnlyList<LocalFile> files, Rulebook rules, bool onePlan, CancellationToken cancellation)
    {
        var order = files.Select((file, index) => (file.Name, index)).ToDictionary(f => f.Name, f => f.index, StringComparer.Ordinal);
        var artifacts = files.Select(file => new GateArtifact(
            file.Name, new ContentHash(Checksum.Of(file.Bytes.Span)), Evidence: false, new ArtifactContent(file.Name, file.Bytes, ArtifactLimits.Default)));
        var input = new GateInput(new Plan { Id = Plan }, [.. artifacts], rules, DateTimeOffset.UnixEpoch, NoOtherPlans.Instance);
        var findings = new List<Finding>();
        foreach (var validator in onePlan ? OfPlans : OfFiles)
            findings.AddRange(await validator.ValidateAsync(input, Definition(validator, rules), cancellation));
        var judged = findings.Where(f => f.SchemaLocation is not null).Select(f => (f.File, f.Pointer)).ToHashSet();
        return
        [
            .. findings.Where(f => f.Rule != ReferencesValidator.UnknownPlanRule)
                // What a reader says of a value that its schema has refused already is the same once more.
                .Where(f => !f.Rule.StartsWith("field.", StringComparison.Ordinal) || !judged.Contains((f.File, f.Pointer)))
                .OrderBy(f => order[f.File]).ThenBy(f => f.Line).ThenBy(f => f.Column),
        ];
    }

    private static ValidatorDefinition Definition(IValidator validator, Rulebook rules) =>
        rules.Gates.Where(gate => gate.From == PlanStatus.Planned).SelectMany(gate => gate.Validators).FirstOrDefault(v => v.Type == validator.Type)
        ?? new ValidatorDefinition(validator.Type, validator.Type, ImmutableSortedDictionary<string, string>.Empty, Timeout);
}
