using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>type.</summary>
internal sealed class TypeKeyword : Assertion
{
    private static readonly string[] Types = ["null", "boolean", "integer", "number", "string", "array", "object"];

    private readonly string[] _names;

    /// <summary>A bit for each <see cref="NodeKind"/> that is always right.</summary>
    private readonly int _kinds;

    private TypeKeyword(string[] names)
    {
        _names = names;
        foreach (var kind in Enum.GetValues<NodeKind>())
            _kinds |= names.Any(name => Is(kind, name)) ? 1 << (int)kind : 0;
    }

    /// <summary>The keyword; null where the value names no types.</summary>
    public static TypeKeyword? Create(DocumentNode value, string location)
    {
        string[] names = value.IsSequence ? [.. value.Elements.Select(item => item.AsString ?? "")] : [value.AsString ?? ""];
        return names.Length > 0 && names.All(name => Types.Contains(name)) ? new TypeKeyword(names) { Name = "type", Location = location } : null;
    }

    public static string NameOf(DocumentNode node) => node.Kind switch
    {
        NodeKind.Sequence => "array",
        NodeKind.Mapping => "object",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    public override Expectation Expected => new(_names, AreValues: false);

    protected override bool Holds(DocumentNode instance) =>
        (_kinds & (1 << (int)instance.Kind)) != 0
        // 1.0 is an integer.
        || (instance.Kind == NodeKind.Number && (_kinds & (1 << (int)NodeKind.Integer)) != 0 && instance.Number!.Value.IsIntegral);

    protected override (string Message, string Advice) Explain(DocumentNode instance) =>
        (Expected.Denies(instance), $"Write {Expected} here{Quoting(instance)}.");

    private string Quoting(DocumentNode instance) => instance.IsPlain && _names.Contains("string") ? "; put it in quotes" : "";

    private static bool Is(NodeKind kind, string type) => kind switch
    {
        NodeKind.Null => type == "null",
        NodeKind.Boolean => type == "boolean",
        NodeKind.Integer => type is "integer" or "number",
        NodeKind.Number => type == "number",
        NodeKind.String => type == "string",
        NodeKind.Sequence => type == "array",
        _ => type == "object",
    };
}
