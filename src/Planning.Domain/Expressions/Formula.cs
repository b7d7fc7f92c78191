using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Planning.Domain.Expressions;

/// <summary>
/// A checked expression with the text that it was written as. Two formulas are equal when they mean the same,
/// however they were written.
/// </summary>
public sealed record Formula
{
    private Formula(string text, ExpressionType type, Expression tree) => (Text, Type, Tree) = (text, type, tree);

    /// <summary>As written, blanks and all.</summary>
    public string Text { get; }

    public ExpressionType Type { get; }

    public Expression Tree { get; }

    /// <summary>The names that it uses, each once, in ordinal order.</summary>
    public ImmutableArray<string> Names => [.. NamesIn(Tree).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Reads and checks a text; on failure <paramref name="errors"/> holds the first syntax error, or else every error of name and type.</summary>
    public static bool TryParse(
        string text,
        ExpressionScope scope,
        ExpressionType expected,
        [NotNullWhen(true)] out Formula? formula,
        out ImmutableArray<ExpressionError> errors,
        ExpressionLimits? limits = null)
    {
        formula = null;
        if (Parser.Parse(text, limits ?? ExpressionLimits.Default, out var syntax) is not { } tree)
        {
            errors = [syntax!];
            return false;
        }
        errors = TypeChecker.Check(tree, scope, expected);
        if (!errors.IsEmpty)
            return false;
        formula = new Formula(text, expected, tree);
        return true;
    }

    /// <param name="values">Name to value. A name that is not there, or holds a value of another type than the scope said, counts as missing.</param>
    /// <returns>A value of <see cref="Type"/>, or no data. Never throws.</returns>
    public ExpressionValue Evaluate(IReadOnlyDictionary<string, ExpressionValue> values)
    {
        var value = Evaluator.Evaluate(Tree, values);
        return value.Type == Type ? value : ExpressionValue.NoData.Instance;
    }

    public bool Equals(Formula? other) => other is not null && Type == other.Type && Tree.Equals(other.Tree);

    public override int GetHashCode() => HashCode.Combine(Type, Tree);

    public override string ToString() => Text;

    private static IEnumerable<string> NamesIn(Expression tree) => tree switch
    {
        Expression.Name name => [name.Path],
        Expression.Unary unary => NamesIn(unary.Operand),
        Expression.Call call => NamesIn(call.Argument),
        Expression.Binary binary => NamesIn(binary.Left).Concat(NamesIn(binary.Right)),
        Expression.ListOf list => list.Members.SelectMany(NamesIn),
        _ => [],
    };
}
