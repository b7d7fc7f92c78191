using Planning.Artifacts;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Gates;

/// <summary>How one validator of a run ended, before waivers.</summary>
/// <param name="Version">Empty where there is no such validator.</param>
/// <param name="Error">Why there is no result; such a check never passes.</param>
internal sealed record Check(
    ValidatorDefinition Definition, string Version, string ParametersHash, IReadOnlyList<Finding> Findings, string? Error, TimeSpan Took, bool Cached);
