using System.Collections.Immutable;
using Planning.Domain.Expressions;
using static Planning.Domain.Expressions.ExpressionValue;

namespace Planning.Domain.Tests.Expressions;

/// <summary>A scope with one name of each type, and short ways to read and evaluate in it.</summary>
internal static class Formulas
{
    public static ExpressionScope Scope { get; } = ExpressionScope.Empty
        .With("a", ExpressionType.Number)
        .With("b", ExpressionType.Number)
        .With("gone", ExpressionType.Number)
        .With("who", ExpressionType.Text)
        .With("yes", ExpressionType.Boolean)
        .With("unsure", ExpressionType.Boolean)
        .With("days", ExpressionType.NumberList)
        .With("nothing", ExpressionType.NumberList)
        .With("kinds", ExpressionType.TextList)
        .With("tags.criticality", ExpressionType.Number, "0", "1", "2", "3")
        .With("tags.compliance", ExpressionType.Text, "sox", "gdpr", "none");

    /// <summary><c>gone</c> and <c>unsure</c> are left out: they are missing.</summary>
    public static ImmutableDictionary<string, ExpressionValue> Values { get; } = new Dictionary<string, ExpressionValue>
    {
        ["a"] = new Number(6),
        ["b"] = new Number(4),
        ["who"] = new Text("it's me"),
        ["yes"] = Truth.True,
        ["days"] = new Numbers([1, 2, 6]),
        ["nothing"] = new Numbers([]),
        ["kinds"] = new Texts(["schema", "backlog"]),
        ["tags.criticality"] = new Number(0),
        ["tags.compliance"] = new Text("sox"),
    }.ToImmutableDictionary();

    public static Formula Read(string text, ExpressionType type) =>
        Formula.TryParse(text, Scope, type, out var formula, out var errors) ? formula : throw new InvalidOperationException(string.Join("; ", errors));

    public static ImmutableArray<ExpressionError> Errors(string text, ExpressionType type, ExpressionLimits? limits = null) =>
        Formula.TryParse(text, Scope, type, out _, out var errors, limits) ? [] : errors;
}
