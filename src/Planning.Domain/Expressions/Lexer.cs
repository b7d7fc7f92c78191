namespace Planning.Domain.Expressions;

internal enum TokenKind
{
    Number,
    Text,
    Name,
    Symbol,
    End,
}

/// <param name="Text">As it stands there; for a text its value without quotes.</param>
/// <param name="Column">From 1.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Column)
{
    public string Shown => Kind == TokenKind.End ? "the end" : $"\"{Text}\"";
}

/// <summary>Cuts a text into tokens; stops at the first character that begins none.</summary>
internal static class Lexer
{
    private static readonly string[] Symbols = ["==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ","];

    public static List<Token> Read(string text, out ExpressionError? error)
    {
        var tokens = new List<Token>();
        error = null;
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            var (token, length) = Next(text, at, out error);
            if (error is not null)
                return tokens;
            tokens.Add(token);
            at += length;
        }
        tokens.Add(new Token(TokenKind.End, "", text.Length + 1));
        return tokens;
    }

    private static (Token Token, int Length) Next(string text, int at, out ExpressionError? error)
    {
        error = null;
        var first = text[at];
        if (first is '\'' or '"')
            return Quoted(text, at, out error);
        if (char.IsAsciiDigit(first))
            return Take(TokenKind.Number, text, at, Number(text, at));
        if (char.IsAsciiLetter(first) || first == '_')
            return Take(TokenKind.Name, text, at, Name(text, at));
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0)
                return Take(TokenKind.Symbol, text, at, symbol.Length);
        }
        error = Stray(text, at);
        return default;
    }

    private static (Token Token, int Length) Take(TokenKind kind, string text, int at, int length) =>
        (new Token(kind, text.Substring(at, length), at + 1), length);

    private static int Number(string text, int from)
    {
        var at = Digits(text, from);
        return (at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit(text[at + 1]) ? Digits(text, at + 1) : at) - from;
    }

    private static int Digits(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return at;
    }

    /// <summary>A dotted name is one token: <c>tags.in</c> is a name, though <c>in</c> is a word of the language.</summary>
    private static int Name(string text, int from)
    {
        var at = from;
        while (at < text.Length && (IsNamePart(text[at]) || (text[at] == '.' && at + 1 < text.Length && IsNamePart(text[at + 1]))))
            at++;
        return at - from;
    }

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    /// <summary>A quote within a text is written twice.</summary>
    private static (Token Token, int Length) Quoted(string text, int from, out ExpressionError? error)
    {
        error = null;
        var quote = text[from];
        for (var at = from + 1; at < text.Length; at++)
        {
            if (text[at] != quote)
                continue;
            if (at + 1 < text.Length && text[at + 1] == quote)
            {
                at++;
                continue;
            }
            var value = text[(from + 1)..at].Replace(new string(quote, 2), quote.ToString(), StringComparison.Ordinal);
            return (new Token(TokenKind.Text, value, from + 1), at + 1 - from);
        }
        error = new ExpressionError(from + 1, "This text has no end.", $"Close it with {quote}.");
        return default;
    }

    private static ExpressionError Stray(string text, int at) => text[at] switch
    {
        '=' => new ExpressionError(at + 1, "A single = means nothing here.", "Compare with ==."),
        '&' => new ExpressionError(at + 1, "& is no operator here.", "Write and."),
        '|' => new ExpressionError(at + 1, "| is no operator here.", "Write or."),
        '!' => new ExpressionError(at + 1, "! is no operator here.", "Write not, or != to compare."),
        '%' => new ExpressionError(at + 1, "% is no operator here.", "Multiply by 100 for a percentage."),
        '.' => new ExpressionError(at + 1, "A dot must stand between two parts of a name or number.", "Write 0.5, or a name such as tags.stream."),
        _ => new ExpressionError(at + 1, $"The character \"{text[at]}\" begins nothing that an expression knows.", "Put texts in quotes, and remove what does not belong here."),
    };
}
