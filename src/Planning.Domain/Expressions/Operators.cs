using System.Collections.Frozen;

namespace Planning.Domain.Expressions;

public enum BinaryOperator
{
    Or = 1,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
}

public enum UnaryOperator
{
    Not = 1,
    Negate,
}

/// <summary>What can be asked of a list.</summary>
public enum ListFunction
{
    Sum = 1,
    Avg,
    Count,
    Min,
    Max,
}

/// <summary>How operators are written, and how strongly they bind: a higher level binds first.</summary>
internal static class Operators
{
    public const int NotLevel = 3;
    public const int ComparisonLevel = 4;
    public const int NegateLevel = 7;
    public const int PrimaryLevel = 8;

    public static readonly FrozenDictionary<string, BinaryOperator> Binary = new Dictionary<string, BinaryOperator>
    {
        ["or"] = BinaryOperator.Or,
        ["and"] = BinaryOperator.And,
        ["=="] = BinaryOperator.Equal,
        ["!="] = BinaryOperator.NotEqual,
        ["<"] = BinaryOperator.Less,
        ["<="] = BinaryOperator.LessOrEqual,
        [">"] = BinaryOperator.Greater,
        [">="] = BinaryOperator.GreaterOrEqual,
        ["in"] = BinaryOperator.In,
        ["+"] = BinaryOperator.Add,
        ["-"] = BinaryOperator.Subtract,
        ["*"] = BinaryOperator.Multiply,
        ["/"] = BinaryOperator.Divide,
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, ListFunction> Functions =
        Enum.GetValues<ListFunction>().ToFrozenDictionary(f => Snake.Case(f.ToString()));

    private static readonly FrozenDictionary<BinaryOperator, string> Written = Binary.ToFrozenDictionary(p => p.Value, p => p.Key);

    public static string Text(this BinaryOperator operation) => Written[operation];

    public static int Level(this BinaryOperator operation) => operation switch
    {
        BinaryOperator.Or => 1,
        BinaryOperator.And => 2,
        BinaryOperator.Add or BinaryOperator.Subtract => 5,
        BinaryOperator.Multiply or BinaryOperator.Divide => 6,
        _ => ComparisonLevel,
    };
}
