using Planning.Artifacts.Documents;

namespace Planning.Engine.Rulebooks;

/// <summary>Finds a character of a scalar's value in the file that the scalar was written in.</summary>
internal static class ScalarPosition
{
    /// <param name="text">The whole file.</param>
    /// <param name="scalar">Whose value the character belongs to.</param>
    /// <param name="offset">0-based, within the value; the value's length stands for its end.</param>
    /// <returns>Line and column, both from 1. Where the scalar spans lines or holds escapes that are not counted here, its start, and not exact.</returns>
    public static (int Line, int Column, bool Exact) Of(string text, DocumentNode scalar, int offset)
    {
        var line = Line(text, scalar.Line);
        var at = scalar.Column - 1;
        if (at >= line.Length)
            return (scalar.Line, scalar.Column, false);
        var found = line[at] switch
        {
            '\'' when !scalar.IsPlain => Quoted(line, at + 1, offset, '\''),
            '"' when !scalar.IsPlain => Quoted(line, at + 1, offset, '"'),
            _ when scalar.IsPlain && string.CompareOrdinal(line, at, scalar.Text, 0, scalar.Text.Length) == 0 => at + offset,
            _ => -1,
        };
        return found < 0 ? (scalar.Line, scalar.Column, false) : (scalar.Line, found + 1, true);
    }

    /// <summary>Each character of the value is one of the file, but for a quote in single quotes, and an escape, which are two.</summary>
    private static int Quoted(string line, int at, int offset, char quote)
    {
        for (; offset > 0 && at < line.Length; offset--)
        {
            if (quote == '"' && line[at] == '\\' && !IsShortEscape(line, at))
                return -1;
            at += line[at] == '\'' && quote == '\'' || line[at] == '\\' && quote == '"' ? 2 : 1;
        }
        return offset == 0 && at < line.Length ? at : -1;
    }

    /// <summary>Such as \" and \\; \x, \u and \U stand for one character in more than two.</summary>
    private static bool IsShortEscape(string line, int at) => at + 1 < line.Length && line[at + 1] is not ('x' or 'u' or 'U');

    private static string Line(string text, int number)
    {
        using var reader = new StringReader(text);
        for (var i = 1; i < number; i++)
            reader.ReadLine();
        return reader.ReadLine() ?? "";
    }
}
