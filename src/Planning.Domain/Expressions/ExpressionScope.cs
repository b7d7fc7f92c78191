using System.Collections.Immutable;

namespace Planning.Domain.Expressions;

/// <summary>A name that an expression may use.</summary>
/// <param name="Type">Of its value, or of its members for a list.</param>
/// <param name="Values">The only values that it can take, as written; empty when any will do.</param>
public sealed record ScopeEntry(ExpressionType Type, ImmutableArray<string> Values);

/// <summary>The names that an expression may use. Names are dotted and case-sensitive.</summary>
public sealed class ExpressionScope
{
    private readonly ImmutableSortedDictionary<string, ScopeEntry> _entries;

    private ExpressionScope(ImmutableSortedDictionary<string, ScopeEntry> entries) => _entries = entries;

    public static ExpressionScope Empty { get; } = new(ImmutableSortedDictionary<string, ScopeEntry>.Empty.WithComparers(StringComparer.Ordinal));

    public IEnumerable<string> Names => _entries.Keys;

    public ScopeEntry? Find(string name) => _entries.GetValueOrDefault(name);

    public ExpressionScope With(string name, ExpressionType type, params ImmutableArray<string> values) =>
        new(_entries.SetItem(name, new ScopeEntry(type, values.IsDefault ? [] : values)));
}
