using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Kinds.Migrations;

/// <summary>Changes to a text at places of its own tree, made all at once.</summary>
internal sealed partial class TextEdits(string text, bool json)
{
    private readonly TextMap _map = TextMap.Of(text);
    private readonly SortedDictionary<int, (int Length, string With)> _edits = [];

    /// <summary>Replaces a key or a value; false where the text at the place does not read as the token does.</summary>
    public bool ReplaceToken(int line, int column, string token, string with)
    {
        var at = Offset(line, column);
        var rest = text.AsSpan(at);
        if (rest.StartsWith(token, StringComparison.Ordinal) && token.Length > 0 && rest[0] is not ('"' or '\''))
            _edits[at] = (token.Length, Plain().IsMatch(with) ? with : Quoted(with));
        else if (rest.Length > token.Length + 1 && rest[0] is '"' or '\'' && rest[1..].StartsWith(token, StringComparison.Ordinal) && rest[token.Length + 1] == rest[0])
            _edits[at] = (token.Length + 2, Quoted(with));
        else
            return false;
        return true;
    }

    /// <summary>Adds a key to a mapping; false where the mapping is not written at its place.</summary>
    public bool AddEntry(DocumentNode mapping, string key, string value)
    {
        var at = Offset(mapping.Line, mapping.Column);
        var flow = at < text.Length && text[at] == '{';
        var name = !json && Plain().IsMatch(key) ? key : Quoted(key);
        if (mapping.Entries.Count == 0)
        {
            if (flow)
                Insert(at + 1, $"{name}: {value}");
            return flow;
        }
        var first = mapping.Entries[0];
        var place = Offset(first.KeyLine, first.KeyColumn);
        var indent = new string(' ', first.KeyColumn - 1);
        if (flow)
            Insert(place, first.KeyLine > mapping.Line ? $"{name}: {value},\n{indent}" : $"{name}: {value}, ");
        else if (!Reads(place, first.Key))
            return false;
        else if (EndsOnItsLine(first))
            Insert(EndOfLine(first.KeyLine), $"\n{indent}{name}: {value}");
        else
            Insert(place, $"{name}: {value}\n{indent}");
        return true;
    }

    public string Apply()
    {
        var changed = new StringBuilder(text);
        foreach (var (at, (length, with)) in _edits.Reverse())
            changed.Remove(at, length).Insert(at, with);
        return changed.ToString();
    }

    private void Insert(int at, string what) => _edits[at] = (0, what);

    private int Offset(int line, int column) => Math.Min(_map.Starts[line - 1] + column - 1, text.Length);

    private int EndOfLine(int line) => _map.Starts[line - 1] + _map.Line(line - 1).Length;

    private bool Reads(int at, string key) => text.AsSpan(at).TrimStart("\"'").StartsWith(key, StringComparison.Ordinal);

    /// <summary>Whether a new line can follow the entry's first one; a value that goes on must not be torn.</summary>
    private bool EndsOnItsLine(MappingEntry entry)
    {
        if (entry.Value is not { Text.Length: > 0 } value || value.Line != entry.KeyLine)
            return false;
        var rest = _map.Line(value.Line - 1)[(value.Column - 1)..];
        if (!value.IsPlain)
            return rest.Length > 1 && rest[0] is '"' or '\'' && rest[1..].StartsWith(value.Text, StringComparison.Ordinal) && rest.Length > value.Text.Length + 1 && rest[value.Text.Length + 1] == rest[0];
        return rest.StartsWith(value.Text, StringComparison.Ordinal);
    }

    private string Quoted(string value) => JsonSerializer.Serialize(value, Relaxed);

    private static JsonSerializerOptions Relaxed { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What means itself without quotes: a word, or a version of three numbers or one.</summary>
    [GeneratedRegex(@"^([A-Za-z_][A-Za-z0-9_-]*|[0-9]+(\.[0-9]+)*)\z(?<!^(true|false|null|yes|no|on|off))", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 250)]
    private static partial Regex Plain();
}
