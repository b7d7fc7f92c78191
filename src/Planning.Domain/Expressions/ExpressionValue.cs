using System.Collections.Immutable;

namespace Planning.Domain.Expressions;

/// <summary>What an expression evaluates to. Where a value is missing the answer is <see cref="NoData"/>, never 0 and never false.</summary>
public abstract record ExpressionValue
{
    private ExpressionValue() { }

    /// <summary>Null for <see cref="NoData"/>.</summary>
    public ExpressionType? Type => this switch
    {
        Number => ExpressionType.Number,
        Text => ExpressionType.Text,
        Truth => ExpressionType.Boolean,
        Numbers => ExpressionType.NumberList,
        Texts => ExpressionType.TextList,
        _ => null,
    };

    /// <summary>An empty average, a division by zero, an input that is not there, a number too large to hold.</summary>
    public sealed record NoData : ExpressionValue
    {
        public static NoData Instance { get; } = new();

        private NoData() { }
    }

    public sealed record Number(decimal Value) : ExpressionValue;

    public sealed record Text(string Value) : ExpressionValue;

    public sealed record Truth(bool Value) : ExpressionValue
    {
        public static Truth True { get; } = new(true);
        public static Truth False { get; } = new(false);

        public static Truth Of(bool value) => value ? True : False;
    }

    public sealed record Numbers(ImmutableArray<decimal> Values) : ExpressionValue
    {
        public bool Equals(Numbers? other) => other is not null && Values.SequenceEqual(other.Values);

        public override int GetHashCode() => Values.Aggregate(17, HashCode.Combine);
    }

    public sealed record Texts(ImmutableArray<string> Values) : ExpressionValue
    {
        public bool Equals(Texts? other) => other is not null && Values.SequenceEqual(other.Values);

        public override int GetHashCode() => Values.Aggregate(17, HashCode.Combine);
    }
}
