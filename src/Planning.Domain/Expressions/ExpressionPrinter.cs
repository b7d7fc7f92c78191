using System.Diagnostics;
using System.Globalization;

namespace Planning.Domain.Expressions;

/// <summary>Writes a tree with the fewest parentheses that keep it the same tree.</summary>
internal static class ExpressionPrinter
{
    public static string Print(Expression tree) => tree switch
    {
        Expression.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        Expression.Text text => $"'{text.Value.Replace("'", "''", StringComparison.Ordinal)}'",
        Expression.Truth truth => truth.Value ? "true" : "false",
        Expression.Name name => name.Path,
        Expression.ListOf list => $"[{string.Join(", ", list.Members.Select(Print))}]",
        Expression.Call call => $"{Snake.Case(call.Function.ToString())}({Print(call.Argument)})",
        Expression.Unary { Operator: UnaryOperator.Not } not => $"not {Within(not.Operand, Operators.NotLevel)}",
        Expression.Unary minus => $"-{Within(minus.Operand, Operators.NegateLevel)}",
        Expression.Binary binary => Binary(binary),
        _ => throw new UnreachableException(),
    };

    /// <summary>Operators group to the left, so a right operand of the same level needs parentheses; comparisons do not chain at all.</summary>
    private static string Binary(Expression.Binary binary)
    {
        var level = binary.Operator.Level();
        var left = Within(binary.Left, level == Operators.ComparisonLevel ? level + 1 : level);
        return $"{left} {binary.Operator.Text()} {Within(binary.Right, level + 1)}";
    }

    private static string Within(Expression tree, int least) => Level(tree) < least ? $"({Print(tree)})" : Print(tree);

    private static int Level(Expression tree) => tree switch
    {
        Expression.Binary binary => binary.Operator.Level(),
        Expression.Unary { Operator: UnaryOperator.Not } => Operators.NotLevel,
        Expression.Unary => Operators.NegateLevel,
        _ => Operators.PrimaryLevel,
    };
}
