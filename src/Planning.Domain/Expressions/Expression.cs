using System.Collections.Immutable;

namespace Planning.Domain.Expressions;

/// <summary>
/// The tree of an expression. Two trees are equal when they mean the same, wherever they were written;
/// <c>ToString</c> prints a text that parses to an equal tree.
/// </summary>
public abstract record Expression(SourceColumn At)
{
    private Expression(SourceColumn at, int depth) : this(at) => Depth = depth;

    /// <summary>Levels from here to the deepest leaf; a leaf has 1.</summary>
    public int Depth { get; } = 1;

    public sealed override string ToString() => ExpressionPrinter.Print(this);

    /// <param name="Value">Never negative: a minus sign is an operator.</param>
    /// <param name="At">Where it was written.</param>
    public sealed record Number(decimal Value, SourceColumn At = default) : Expression(At);

    public sealed record Text(string Value, SourceColumn At = default) : Expression(At);

    public sealed record Truth(bool Value, SourceColumn At = default) : Expression(At);

    public sealed record Name(string Path, SourceColumn At = default) : Expression(At);

    public sealed record Unary(UnaryOperator Operator, Expression Operand, SourceColumn At = default) : Expression(At, Operand.Depth + 1);

    public sealed record Binary(BinaryOperator Operator, Expression Left, Expression Right, SourceColumn At = default)
        : Expression(At, Math.Max(Left.Depth, Right.Depth) + 1);

    public sealed record Call(ListFunction Function, Expression Argument, SourceColumn At = default) : Expression(At, Argument.Depth + 1);

    public sealed record ListOf(ImmutableArray<Expression> Members, SourceColumn At = default)
        : Expression(At, Members.Select(m => m.Depth).DefaultIfEmpty().Max() + 1)
    {
        public bool Equals(ListOf? other) => other is not null && Members.SequenceEqual(other.Members);

        public override int GetHashCode() => Members.Aggregate(17, (hash, member) => HashCode.Combine(hash, member));
    }
}

/// <summary>Where a part of an expression was written, from 1. No part of its meaning: all columns are equal.</summary>
public readonly record struct SourceColumn(int Value)
{
    public bool Equals(SourceColumn other) => true;

    public override int GetHashCode() => 0;
}
