namespace Planning.Domain.Expressions;

/// <summary>Why a text is no expression.</summary>
/// <param name="Column">Where, counted in UTF-16 units from 1 within the expression's text.</param>
/// <param name="Message">What is wrong there.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record ExpressionError(int Column, string Message, string Advice);

/// <summary>How large an expression may be.</summary>
public sealed record ExpressionLimits
{
    public static ExpressionLimits Default { get; } = new();

    /// <summary>Length of the text in UTF-16 units. Default 2,000.</summary>
    public int MaxLength { get; init; } = 2_000;

    /// <summary>Levels of the tree and of parentheses. Default 64; a chain of operators such as <c>a + b + c</c> adds one level each.</summary>
    public int MaxDepth { get; init; } = 64;
}
