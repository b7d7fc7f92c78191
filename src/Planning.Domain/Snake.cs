using System.Text;

namespace Planning.Domain;

/// <summary>PascalCase of C# names to the snake_case of files, wire and database.</summary>
public static class Snake
{
    public static string Case(string pascal)
    {
        var text = new StringBuilder(pascal.Length + 8);
        foreach (var c in pascal)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}
