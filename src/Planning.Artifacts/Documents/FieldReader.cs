using System.Globalization;

namespace Planning.Artifacts.Documents;

/// <summary>Reads fields of a tree for the typed readers, with one finding per field that is missing or wrong.</summary>
internal sealed class FieldReader
{
    public const string Missing = "field.missing";
    public const string WrongType = "field.type";
    public const string NoDate = "field.date";
    public const string OutOfRange = "field.range";

    private readonly FindingSink _sink;

    public FieldReader(ParsedArtifact artifact)
    {
        _sink = new FindingSink(artifact.FileName, 10_000);
        if (artifact.Root is { IsMapping: true } mapping)
            Root = mapping;
        else if (artifact.Root is { } other)
            Wrong(other, "a mapping");
    }

    /// <summary>The root; null where the document is no mapping, which is a finding already.</summary>
    public DocumentNode? Root { get; }

    public IReadOnlyList<Finding> Findings => _sink.Findings;

    public string? Text(DocumentNode parent, string key, bool required = true)
    {
        if (Scalar(parent, key, required) is not { } node)
            return null;
        if (node.Kind is NodeKind.String or NodeKind.Integer or NodeKind.Number)
            return node.Text;
        Wrong(node, "text");
        return null;
    }

    public decimal? Amount(DocumentNode parent, string key, bool required = true)
    {
        if (Scalar(parent, key, required) is not { } node)
            return null;
        if (node.Kind is not (NodeKind.Integer or NodeKind.Number))
        {
            Wrong(node, "a number");
            return null;
        }
        var value = node.AsDouble!.Value;
        if (value is >= 0 and <= 1_000_000)
            return (decimal)value;
        Report(node, OutOfRange, $"'{key}' is {node.Text}, which is not between 0 and 1,000,000.", "Write an amount that is possible.");
        return null;
    }

    /// <summary>An optional whole number within bounds.</summary>
    public int? Whole(DocumentNode parent, string key, int least, int most)
    {
        if (Amount(parent, key, required: false) is not { } amount)
            return null;
        if (amount == decimal.Truncate(amount) && amount >= least && amount <= most)
            return (int)amount;
        Report(
            parent[key]!.Value, OutOfRange, string.Create(CultureInfo.InvariantCulture, $"'{key}' is {amount}, which is no whole number from {least} to {most}."),
            "Write a number that is possible.");
        return null;
    }

    public DateOnly? Date(DocumentNode parent, string key, bool required = false)
    {
        if (Text(parent, key, required) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        Report(parent[key]!.Value, NoDate, $"'{key}' is '{text}', which is no date.", "Write it as year-month-day, such as 2027-01-31.");
        return null;
    }

    public DateTimeOffset? Instant(DocumentNode parent, string key, bool required = false)
    {
        if (Text(parent, key, required) is not { } text)
            return null;
        if (text.Contains('T') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            return instant.ToUniversalTime();
        Report(parent[key]!.Value, NoDate, $"'{key}' is '{text}', which is no point in time.", "Write it like 2027-01-31T09:30:00Z.");
        return null;
    }

    /// <summary>Elements of a sequence; a missing optional one is empty.</summary>
    public NodeList List(DocumentNode parent, string key, bool required = true)
    {
        if (Present(parent, key, required) is not { } node)
            return default;
        if (!node.IsSequence)
            Wrong(node, "a list");
        return node.Elements;
    }

    /// <summary>A list of names; each keeps its node for later findings.</summary>
    public IReadOnlyList<Reference> Names(DocumentNode parent, string key, bool required = false)
    {
        var items = List(parent, key, required);
        if (items.Count == 0)
            return [];
        var (names, count) = (new Reference[items.Count], 0);
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is { Kind: NodeKind.String or NodeKind.Integer, Text: { Length: > 0 } text })
                names[count++] = new Reference(text, items[i]);
            else
                Wrong(items[i], "a name");
        }
        return count == names.Length ? names : names[..count];
    }

    /// <summary>The elements of a list that are mappings; each other one is a finding.</summary>
    public IEnumerable<DocumentNode> Mappings(DocumentNode parent, string key, bool required = true)
    {
        foreach (var item in List(parent, key, required))
        {
            if (item.IsMapping)
                yield return item;
            else
                Wrong(item, "a mapping");
        }
    }

    public DocumentNode? Mapping(DocumentNode parent, string key, bool required = false)
    {
        if (Present(parent, key, required) is not { } node)
            return null;
        if (node.IsMapping)
            return node;
        Wrong(node, "a mapping");
        return null;
    }

    public void Report(DocumentNode node, string rule, string message, string advice, Severity severity = Severity.Error) =>
        _sink.Add(node.Line, node.Column, node.Pointer, rule, severity, message, advice);

    public void MissingIn(DocumentNode parent, string what) =>
        Report(parent, Missing, $"{what} is missing.", "Add it; nothing is assumed in its place.");

    private DocumentNode? Scalar(DocumentNode parent, string key, bool required)
    {
        if (Present(parent, key, required) is not { } node)
            return null;
        if (node.IsScalar)
            return node;
        Wrong(node, "one value");
        return null;
    }

    /// <summary>An optional field that is null counts as left out; a required one does not.</summary>
    private DocumentNode? Present(DocumentNode parent, string key, bool required)
    {
        var node = parent[key];
        if (node is { Kind: not NodeKind.Null })
            return node;
        if (required)
            MissingIn(node ?? parent, $"'{key}'");
        return null;
    }

    private void Wrong(DocumentNode node, string expected) =>
        Report(node, WrongType, $"{Subject(node)} is {Describe(node.Kind)}, but should be {expected}.", $"Write {expected} here.");

    private static string Subject(DocumentNode node) =>
        node.Key is { } key ? $"'{key}'" : node.Parent is null ? "The document" : $"Element {node.Index}";

    private static string Describe(NodeKind kind) => kind switch
    {
        NodeKind.Null => "null",
        NodeKind.Boolean => "a boolean",
        NodeKind.Integer or NodeKind.Number => "a number",
        NodeKind.String => "text",
        NodeKind.Sequence => "a list",
        _ => "a mapping",
    };
}
