namespace Planning.Domain.Expressions;

/// <summary>What an expression can be. Every expression has exactly one type, known before it is evaluated.</summary>
public enum ExpressionType
{
    Number = 1,
    Text,
    Boolean,
    NumberList,
    TextList,
}

internal static class ExpressionTypes
{
    /// <summary>The type as a sentence names it: <c>a list of numbers</c>.</summary>
    public static string Named(this ExpressionType type) => type switch
    {
        ExpressionType.Number => "a number",
        ExpressionType.Text => "a text",
        ExpressionType.Boolean => "true or false",
        ExpressionType.NumberList => "a list of numbers",
        _ => "a list of texts",
    };

    /// <summary>The type of the members of a list; null for what is no list.</summary>
    public static ExpressionType? Member(this ExpressionType type) => type switch
    {
        ExpressionType.NumberList => ExpressionType.Number,
        ExpressionType.TextList => ExpressionType.Text,
        _ => null,
    };

    /// <summary>The list whose members have this type; null where no such list exists.</summary>
    public static ExpressionType? ListOf(this ExpressionType type) => type switch
    {
        ExpressionType.Number => ExpressionType.NumberList,
        ExpressionType.Text => ExpressionType.TextList,
        _ => null,
    };
}
