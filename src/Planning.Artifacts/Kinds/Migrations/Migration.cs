using System.Globalization;
using System.Text;
using System.Text.Json;
using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Kinds.Migrations;

/// <summary>
/// Rewrites the text of a document for the next version of its kind. Only what changes is touched: comments, quotes and the
/// order of keys stay. The same text and step always give the same text.
/// </summary>
public static class Migration
{
    // :: Step 1: each rename, in the text as it then is
    // :: Step 2: each default, likewise
    // :: Step 3: the version

    /// <summary>Applies one step.</summary>
    /// <param name="fileName">Decides the format: JSON or YAML.</param>
    /// <param name="text">The document, without byte order mark.</param>
    /// <param name="step">What changes.</param>
    /// <returns>The new text, or why there is none.</returns>
    public static ReadResult<string> Apply(string fileName, string text, MigrationStep step)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(step);
        var sink = new FindingSink(fileName, ArtifactLimits.Default.MaxFindings);

        // :: Step 1
        foreach (var (place, name) in step.Renames)
            text = Change(place, (edits, mapping, key) => Rename(edits, mapping, key, name, sink));

        // :: Step 2
        foreach (var (place, json) in step.Defaults)
            text = Change(place, (edits, mapping, key) => AddDefault(edits, mapping, key, json, sink));

        // :: Step 3
        text = Change("/version", (edits, root, key) => SetVersion(edits, root, key, step.To, sink));
        return new ReadResult<string>(sink.Findings.Count == 0 ? text : null, sink.Findings);

        string Change(string place, Action<TextEdits, DocumentNode, string> change)
        {
            if (sink.Findings.Count > 0)
                return text;
            var parsed = ArtifactParser.Parse(Encoding.UTF8.GetBytes(text), fileName);
            foreach (var f in parsed.Findings)
                sink.Add(f.Line, f.Column, f.Pointer, f.Rule, f.Severity, f.Message, f.Advice);
            if (parsed.Root is not { } root || !parsed.Ok)
                return text;
            var edits = new TextEdits(text, parsed.Format == ArtifactFormat.Json);
            var cut = place.LastIndexOf('/');
            var key = place[(cut + 1)..].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            foreach (var mapping in Places.Find(root, place[..cut]))
                change(edits, mapping, key);
            return edits.Apply();
        }
    }

    private static void Rename(TextEdits edits, DocumentNode mapping, string key, string name, FindingSink sink)
    {
        var entry = mapping.Entries.FirstOrDefault(e => e.Key == key);
        if (entry.Key is null)
            return;
        if (mapping.Entries.FirstOrDefault(e => e.Key == name) is { Key: not null } other)
        {
            sink.Error(
                other.KeyLine, other.KeyColumn, other.Value.Pointer, MigrationRules.KeyExists, $"'{key}' cannot become '{name}': there is such a key already.",
                "Remove one of the two, then migrate again.");
        }
        else if (!edits.ReplaceToken(entry.KeyLine, entry.KeyColumn, key, name))
        {
            ReportAlias(entry.KeyLine, entry.KeyColumn, entry.Value.Pointer, sink);
        }
    }

    private static void AddDefault(TextEdits edits, DocumentNode mapping, string key, string json, FindingSink sink)
    {
        if (mapping[key] is null && !edits.AddEntry(mapping, key, json))
            ReportAlias(mapping.Line, mapping.Column, mapping.Pointer, sink);
    }

    /// <summary>The new version has as many numbers as the old one.</summary>
    private static void SetVersion(TextEdits edits, DocumentNode root, string key, int version, FindingSink sink)
    {
        if (root[key] is not { IsScalar: true } node)
        {
            edits.AddEntry(root, key, JsonSerializer.Serialize($"{version}.0.0"));
            return;
        }
        var text = version.ToString(CultureInfo.InvariantCulture) + string.Concat(Enumerable.Repeat(".0", node.Text.Count(c => c == '.')));
        if (!edits.ReplaceToken(node.Line, node.Column, node.Text, text))
            ReportAlias(node.Line, node.Column, node.Pointer, sink);
    }

    private static void ReportAlias(int line, int column, string pointer, FindingSink sink) => sink.Error(
        line, column, pointer, MigrationRules.Alias, "This cannot be changed here, because it is not written here as it reads.",
        "Write the part out, without alias, anchor or escapes, then migrate again.");
}
