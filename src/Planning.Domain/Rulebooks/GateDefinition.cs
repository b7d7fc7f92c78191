using System.Collections.Immutable;
using Planning.Domain.Plans;

namespace Planning.Domain.Rulebooks;

/// <summary>A gate as <c>gates.yaml</c> configures it: between which states it stands and what it checks.</summary>
public sealed record GateDefinition(string Name, PlanStatus From, PlanStatus To, ImmutableArray<ValidatorDefinition> Validators);

/// <param name="Type">The validator: <c>json_schema</c>, <c>coverage</c> …</param>
/// <param name="Name">Unique within the gate; the type where none is given.</param>
/// <param name="Parameters">As written; each value is JSON text, so that lists and numbers keep their type.</param>
public sealed record ValidatorDefinition(string Type, string Name, ImmutableSortedDictionary<string, string> Parameters, TimeSpan Timeout);
