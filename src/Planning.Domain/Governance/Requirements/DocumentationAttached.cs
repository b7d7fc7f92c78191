using System.Collections.Immutable;
using System.IO.Enumeration;

namespace Planning.Domain.Governance;

/// <summary>
/// <c>documentation: regulatory_standard</c>: for each pattern of the named standard, a content artifact whose name matches it
/// (<c>*</c> for any characters, <c>?</c> for one).
/// </summary>
public sealed record DocumentationAttached(string Standard, ImmutableArray<string> Patterns) : IRequirement
{
    public string Name => "documentation";

    public IEnumerable<Blocker> Missing(RequirementContext context) => Patterns
        .Where(pattern => !context.Plan.Content.Any(a => FileSystemName.MatchesSimpleExpression(pattern, a.Name, ignoreCase: false)))
        .Select(pattern => context.Missing("documentation_missing", $"The standard {Standard} asks for an artifact named {pattern}, and none is attached. Attach it."));
}
