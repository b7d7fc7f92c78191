using Planning.Artifacts;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Gates;

/// <summary>One check of a gate. It reads what the run saw and answers with findings; it changes nothing and keeps nothing.</summary>
public interface IValidator
{
    /// <summary>As <c>gates.yaml</c> names it.</summary>
    string Type { get; }

    /// <summary>Raised whenever the same input may give other findings; part of the cache's key.</summary>
    string Version { get; }

    /// <summary>Every parameter that <c>gates.yaml</c> may give; another one, or one that does not fit, fails the validator.</summary>
    IReadOnlyList<ValidatorParameter> Parameters { get; }

    /// <summary>What it is to its users; null for one that has no page in docs/validators.</summary>
    ValidatorDescription? Description => null;

    /// <summary>
    /// What the findings depend on beyond parameters, names and bytes of the artifacts, as text: the day, the window;
    /// empty when they depend on nothing else. Null: never kept. What asks for other plans is not kept either way.
    /// </summary>
    string? CacheScope(GateInput input);

    /// <summary>The same for a validator whose parameters say what its findings depend on, such as in which zone a day begins.</summary>
    string? CacheScope(GateInput input, ValidatorDefinition definition) => CacheScope(input);

    /// <summary>Every finding, not the first. A finding of severity error fails the gate unless it is waived.</summary>
    ValueTask<IReadOnlyList<Finding>> ValidateAsync(GateInput input, ValidatorDefinition definition, CancellationToken cancellation);
}
