using System.Collections.Immutable;
using System.Globalization;

namespace Planning.Domain.Expressions;

/// <summary>
/// Tokens to a tree, by precedence climbing. Reports the first syntax error only: what follows one would be guesswork.
/// </summary>
internal sealed class Parser
{
    private readonly ExpressionLimits _limits;
    private readonly List<Token> _tokens;
    private int _next;
    private int _nesting;
    private ExpressionError? _error;

    private Parser(List<Token> tokens, ExpressionLimits limits) => (_tokens, _limits) = (tokens, limits);

    public static Expression? Parse(string text, ExpressionLimits limits, out ExpressionError? error)
    {
        if (text.Length > limits.MaxLength)
        {
            error = new ExpressionError(limits.MaxLength + 1, $"The expression has {text.Length} characters; max_length is {limits.MaxLength}.", "Split it into several rules.");
            return null;
        }
        var tokens = Lexer.Read(text, out error);
        if (error is not null)
            return null;
        var parser = new Parser(tokens, limits);
        var tree = parser.Whole();
        error = parser._error;
        return error is null ? tree : null;
    }

    private Token Here => _tokens[_next];

    private Expression? Whole()
    {
        var tree = Level(0);
        return tree is null || Here.Kind == TokenKind.End ? tree : Fail(Here, $"{Here.Shown} cannot stand here.", "Join two parts with an operator such as and.");
    }

    /// <summary>Everything whose operators bind at least as strongly as <paramref name="least"/>.</summary>
    private Expression? Level(int least)
    {
        if (++_nesting > _limits.MaxDepth)
            return TooDeep(Here);
        var tree = Prefix();
        while (tree is not null && Operator() is { } operation && operation.Level() >= least)
        {
            var at = _tokens[_next++];
            var right = Level(operation.Level() + 1);
            if (right is null)
                return null;
            tree = Checked(new Expression.Binary(operation, tree, right, new SourceColumn(at.Column)), at);
            if (operation.Level() == Operators.ComparisonLevel && Operator()?.Level() == Operators.ComparisonLevel)
                return Fail(Here, "Comparisons cannot be chained.", "Write both: a < b and b < c.");
        }
        _nesting--;
        return tree;
    }

    private BinaryOperator? Operator() =>
        Here.Kind is TokenKind.Symbol or TokenKind.Name && Operators.Binary.TryGetValue(Here.Text, out var operation) ? operation : null;

    private Expression? Prefix()
    {
        var at = Here;
        var column = new SourceColumn(at.Column);
        switch (at)
        {
            case { Kind: TokenKind.Name, Text: "not" }:
                _next++;
                return Level(Operators.NotLevel) is { } denied ? Checked(new Expression.Unary(UnaryOperator.Not, denied, column), at) : null;
            case { Kind: TokenKind.Symbol, Text: "-" }:
                _next++;
                return Level(Operators.NegateLevel) is { } operand ? Checked(new Expression.Unary(UnaryOperator.Negate, operand, column), at) : null;
            default:
                return Primary(at, column);
        }
    }

    private Expression? Primary(Token at, SourceColumn column)
    {
        _next++;
        switch (at)
        {
            case { Kind: TokenKind.Number }:
                return decimal.TryParse(at.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                    ? new Expression.Number(number, column)
                    : Fail(at, $"{at.Text} is too large a number.", "Numbers go up to 28 digits.");
            case { Kind: TokenKind.Text }:
                return new Expression.Text(at.Text, column);
            case { Kind: TokenKind.Name, Text: "true" or "false" }:
                return new Expression.Truth(at.Text == "true", column);
            case { Kind: TokenKind.Name } when !Operators.Binary.ContainsKey(at.Text):
                return IsSymbol("(") ? Call(at, column) : new Expression.Name(at.Text, column);
            case { Kind: TokenKind.Symbol, Text: "(" }:
                return Level(0) is { } inner && Expect(")", at) ? inner : null;
            case { Kind: TokenKind.Symbol, Text: "[" }:
                return List(at, column);
            default:
                return Fail(at, $"A value is missing before {at.Shown}.", "Write a number, a text in quotes, a name, or an expression in parentheses.");
        }
    }

    private Expression? Call(Token at, SourceColumn column)
    {
        if (!Operators.Functions.TryGetValue(at.Text, out var function))
            return Fail(at, $"There is no function {at.Text}.", $"The functions are {string.Join(", ", Enum.GetValues<ListFunction>().Select(f => Snake.Case(f.ToString())))}.");
        var open = _tokens[_next++];
        return Level(0) is { } argument && Expect(")", open) ? Checked(new Expression.Call(function, argument, column), at) : null;
    }

    private Expression? List(Token open, SourceColumn column)
    {
        var members = ImmutableArray.CreateBuilder<Expression>();
        do
        {
            if (members.Count > 0)
                _next++;
            if (Level(0) is not { } member)
                return null;
            members.Add(member);
        }
        while (IsSymbol(","));
        return Expect("]", open) ? Checked(new Expression.ListOf(members.ToImmutable(), column), open) : null;
    }

    private bool IsSymbol(string symbol) => Here.Kind == TokenKind.Symbol && Here.Text == symbol;

    private bool Expect(string symbol, Token open)
    {
        if (IsSymbol(symbol))
        {
            _next++;
            return true;
        }
        Fail(Here, $"{symbol} is missing before {Here.Shown}.", $"Close the \"{open.Text}\" of column {open.Column}.");
        return false;
    }

    private Expression? Checked(Expression tree, Token at) => tree.Depth > _limits.MaxDepth ? TooDeep(at) : tree;

    private Expression? TooDeep(Token at) => Fail(at, $"The expression is nested more than {_limits.MaxDepth} levels deep, which is max_depth.", "Split it into several rules.");

    private Expression? Fail(Token at, string message, string advice)
    {
        _error ??= new ExpressionError(at.Column, message, advice);
        return null;
    }
}
