using FsCheck;
using FsCheck.Fluent;
using Planning.Domain.Expressions;
using Xunit;
using static Planning.Domain.Expressions.ExpressionType;

namespace Planning.Domain.Tests.Expressions;

public sealed class ExpressionProperties
{
    private static readonly ExpressionLimits Wide = new() { MaxLength = 1_000_000, MaxDepth = 200 };

    [Fact]
    public void A_printed_tree_parses_to_the_same_tree() =>
        Prop.ForAll(Trees.OfBoolean(5).ToArbitrary(), tree =>
            Formula.TryParse(tree.ToString(), Formulas.Scope, ExpressionType.Boolean, out var formula, out _, Wide) && formula.Tree.Equals(tree))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Evaluating_again_gives_the_same_and_never_throws() =>
        Prop.ForAll(Trees.OfBoolean(5).ToArbitrary(), tree =>
        {
            var formula = Formula.TryParse(tree.ToString(), Formulas.Scope, ExpressionType.Boolean, out var read, out _, Wide) ? read : null;
            return formula!.Evaluate(Formulas.Values).Equals(formula.Evaluate(Formulas.Values));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_is_a_formula_or_has_errors_within_it() =>
        Prop.ForAll(Trees.Scraps.ToArbitrary(), text =>
            Formula.TryParse(text, Formulas.Scope, ExpressionType.Boolean, out _, out var errors)
                ? errors.IsEmpty
                : !errors.IsEmpty && errors.All(e => e.Column >= 1 && e.Column <= text.Length + 1))
            .QuickCheckThrowOnFailure();

    /// <summary>Trees that are well typed in <see cref="Formulas.Scope"/>.</summary>
    private static class Trees
    {
        public static Gen<string> Scraps { get; } = Gen.Elements(
            "a", "who", "yes", "days", "kinds", "nope", "1", "2.5", "'x'", "(", ")", "[", "]", ",", "+", "-", "*", "/", "==", "!=", "<", ">=", "=", "'",
            "in", "and", "or", "not", "sum", "avg(", "true", ".", "\u00e9", "tags.criticality")
            .ListOf().Select(scraps => string.Join(' ', scraps));

        public static Gen<Expression> OfBoolean(int depth) => depth == 0
            ? Gen.Elements<Expression>(new Expression.Truth(true), new Expression.Truth(false), new Expression.Name("yes"), new Expression.Name("unsure"))
            : Gen.OneOf(
                OfBoolean(0),
                OfBoolean(depth - 1).Select(operand => (Expression)new Expression.Unary(UnaryOperator.Not, operand)),
                Pair(OfBoolean(depth - 1), BinaryOperator.And, BinaryOperator.Or, BinaryOperator.Equal, BinaryOperator.NotEqual),
                Pair(OfNumber(depth - 1), BinaryOperator.Equal, BinaryOperator.Less, BinaryOperator.LessOrEqual, BinaryOperator.Greater, BinaryOperator.GreaterOrEqual),
                Pair(OfText, BinaryOperator.Equal, BinaryOperator.NotEqual),
                Within(OfNumber(depth - 1), OfNumbers(depth - 1)),
                Within(OfText, OfText.NonEmptyListOf().Select(List)));

        private static Gen<Expression> OfNumber(int depth) => depth == 0
            ? Gen.OneOf(
                Gen.Choose(0, 1_000_000).Select(n => (Expression)new Expression.Number(n / 100m)),
                Gen.Constant<Expression>(new Expression.Number(decimal.MaxValue)),
                Gen.Elements("a", "b", "gone", "tags.criticality").Select(n => (Expression)new Expression.Name(n)))
            : Gen.OneOf(
                OfNumber(0),
                OfNumber(depth - 1).Select(operand => (Expression)new Expression.Unary(UnaryOperator.Negate, operand)),
                Pair(OfNumber(depth - 1), BinaryOperator.Add, BinaryOperator.Subtract, BinaryOperator.Multiply, BinaryOperator.Divide),
                from function in Gen.Elements(Enum.GetValues<ListFunction>())
                from list in OfNumbers(depth - 1)
                select (Expression)new Expression.Call(function, list));

        private static Gen<Expression> OfNumbers(int depth) => Gen.OneOf(
            Gen.Elements("days", "nothing").Select(n => (Expression)new Expression.Name(n)),
            OfNumber(depth).NonEmptyListOf().Resize(4).Select(List));

        private static Gen<Expression> OfText { get; } = Gen.OneOf(
            Gen.Elements("", "x", "it's", "'", "say \"so\"", "\u00e9", "and").Select(t => (Expression)new Expression.Text(t)),
            Gen.Constant<Expression>(new Expression.Name("who")));

        private static Gen<Expression> Pair(Gen<Expression> side, params BinaryOperator[] operators) =>
            from operation in Gen.Elements(operators)
            from left in side
            from right in side
            where !IsNeverEqual(left, right) && !IsNeverEqual(right, left)
            select (Expression)new Expression.Binary(operation, left, right);

        private static Gen<Expression> Within(Gen<Expression> member, Gen<Expression> list) =>
            from left in member
            from right in list
            where !IsNeverEqual(left, right)
            select (Expression)new Expression.Binary(BinaryOperator.In, left, right);

        private static Expression List(IEnumerable<Expression> members) => new Expression.ListOf([.. members]);

        /// <summary>The checker refuses a literal that a tag with known values never is.</summary>
        private static bool IsNeverEqual(Expression name, Expression other) =>
            name is Expression.Name { Path: "tags.criticality" } && other is Expression.Number or Expression.ListOf;
    }
}
