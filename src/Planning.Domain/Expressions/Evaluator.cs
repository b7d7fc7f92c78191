using System.Collections.Immutable;
using System.Diagnostics;
using static Planning.Domain.Expressions.ExpressionValue;

namespace Planning.Domain.Expressions;

/// <summary>Computes a checked tree. What is missing spreads to what is built on it, except where the other side decides alone.</summary>
internal static class Evaluator
{
    public static ExpressionValue Evaluate(Expression tree, IReadOnlyDictionary<string, ExpressionValue> values) => tree switch
    {
        Expression.Number number => new Number(number.Value),
        Expression.Text text => new Text(text.Value),
        Expression.Truth truth => Truth.Of(truth.Value),
        Expression.Name name => values.GetValueOrDefault(name.Path, NoData.Instance),
        Expression.ListOf list => ListOf([.. list.Members.Select(m => Evaluate(m, values))]),
        Expression.Call call => Apply(call.Function, Evaluate(call.Argument, values)),
        Expression.Unary { Operator: UnaryOperator.Not } not => Evaluate(not.Operand, values) is Truth denied ? Truth.Of(!denied.Value) : NoData.Instance,
        Expression.Unary minus => Evaluate(minus.Operand, values) is Number number ? new Number(-number.Value) : NoData.Instance,
        Expression.Binary { Operator: BinaryOperator.And or BinaryOperator.Or } binary => Join(binary, values),
        Expression.Binary binary => Combine(binary.Operator, Evaluate(binary.Left, values), Evaluate(binary.Right, values)),
        _ => throw new UnreachableException(),
    };

    /// <summary>False decides an <c>and</c>, true decides an <c>or</c>, whatever the other side would have been.</summary>
    private static ExpressionValue Join(Expression.Binary binary, IReadOnlyDictionary<string, ExpressionValue> values)
    {
        var deciding = Truth.Of(binary.Operator == BinaryOperator.Or);
        var left = Evaluate(binary.Left, values);
        if (left.Equals(deciding))
            return deciding;
        var right = Evaluate(binary.Right, values);
        if (right.Equals(deciding))
            return deciding;
        return left is Truth && right is Truth ? Truth.Of(!deciding.Value) : NoData.Instance;
    }

    private static ExpressionValue Combine(BinaryOperator operation, ExpressionValue left, ExpressionValue right) => (operation, left, right) switch
    {
        (BinaryOperator.In, Number wanted, Numbers list) => Truth.Of(list.Values.Contains(wanted.Value)),
        (BinaryOperator.In, Text wanted, Texts list) => Truth.Of(list.Values.Contains(wanted.Value, StringComparer.Ordinal)),
        (BinaryOperator.Equal, not NoData, not NoData) when left.GetType() == right.GetType() => Truth.Of(left.Equals(right)),
        (BinaryOperator.NotEqual, not NoData, not NoData) when left.GetType() == right.GetType() => Truth.Of(!left.Equals(right)),
        (_, Number a, Number b) => Numeric(operation, a.Value, b.Value),
        _ => NoData.Instance,
    };

    private static ExpressionValue Numeric(BinaryOperator operation, decimal a, decimal b) => operation switch
    {
        BinaryOperator.Less => Truth.Of(a < b),
        BinaryOperator.LessOrEqual => Truth.Of(a <= b),
        BinaryOperator.Greater => Truth.Of(a > b),
        BinaryOperator.GreaterOrEqual => Truth.Of(a >= b),
        BinaryOperator.Divide when b == 0 => NoData.Instance,
        BinaryOperator.Divide => Fitting(() => a / b),
        BinaryOperator.Add => Fitting(() => a + b),
        BinaryOperator.Subtract => Fitting(() => a - b),
        BinaryOperator.Multiply => Fitting(() => a * b),
        _ => NoData.Instance,
    };

    private static ExpressionValue Apply(ListFunction function, ExpressionValue argument) => (function, argument) switch
    {
        (ListFunction.Count, Numbers list) => new Number(list.Values.Length),
        (ListFunction.Count, Texts list) => new Number(list.Values.Length),
        (ListFunction.Sum, Numbers list) => Fitting(() => list.Values.Sum()),
        (_, Numbers { Values.IsEmpty: true }) => NoData.Instance,
        (ListFunction.Avg, Numbers list) => Fitting(() => list.Values.Average()),
        (ListFunction.Min, Numbers list) => new Number(list.Values.Min()),
        (ListFunction.Max, Numbers list) => new Number(list.Values.Max()),
        _ => NoData.Instance,
    };

    private static ExpressionValue ListOf(ImmutableArray<ExpressionValue> members)
    {
        if (members.All(m => m is Number))
            return new Numbers([.. members.Cast<Number>().Select(n => n.Value)]);
        return members.All(m => m is Text) ? new Texts([.. members.Cast<Text>().Select(t => t.Value)]) : NoData.Instance;
    }

    private static ExpressionValue Fitting(Func<decimal> compute)
    {
        try
        {
            return new Number(compute());
        }
        catch (OverflowException)
        {
            // decimal offers no other way to learn that a result does not fit.
            return NoData.Instance;
        }
    }
}
