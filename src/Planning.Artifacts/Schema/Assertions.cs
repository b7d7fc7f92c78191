using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

using Check = Func<DocumentNode, (string Message, string Advice)?>;

/// <summary>The keywords that judge a value by itself.</summary>
internal static class Assertions
{
    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "null", "boolean", "integer", "number", "string", "array", "object",
    };

    private static readonly Dictionary<string, Func<DocumentNode, Check?>> Makers = new(StringComparer.Ordinal)
    {
        ["type"] = Type,
        ["enum"] = Enum,
        ["const"] = Const,
        ["minimum"] = value => Number(value, (n, bound) => n >= bound, "less than", "minimum"),
        ["maximum"] = value => Number(value, (n, bound) => n <= bound, "more than", "maximum"),
        ["exclusiveMinimum"] = value => Number(value, (n, bound) => n > bound, "not more than", "lower bound"),
        ["exclusiveMaximum"] = value => Number(value, (n, bound) => n < bound, "not less than", "upper bound"),
        ["multipleOf"] = MultipleOf,
        ["minLength"] = value => Count(value, Length, atLeast: true, "characters"),
        ["maxLength"] = value => Count(value, Length, atLeast: false, "characters"),
        ["minItems"] = value => Count(value, node => (node as SequenceNode)?.Items.Count, atLeast: true, "elements"),
        ["maxItems"] = value => Count(value, node => (node as SequenceNode)?.Items.Count, atLeast: false, "elements"),
        ["minProperties"] = value => Count(value, node => (node as MappingNode)?.Entries.Count, atLeast: true, "keys"),
        ["maxProperties"] = value => Count(value, node => (node as MappingNode)?.Entries.Count, atLeast: false, "keys"),
    };

    public static bool Knows(string keyword) => Makers.ContainsKey(keyword);

    /// <summary>The check for a keyword with its value; null where the value does not fit the keyword.</summary>
    public static Check? Create(string keyword, DocumentNode value) => Makers[keyword](value);

    /// <summary>format as an assertion; null for the formats that only describe.</summary>
    public static Assertion? Format(DocumentNode value, string at) =>
        value.AsString is not { } format || Formats.Has(format, "") is null ? null : new Assertion
        {
            Name = "format",
            Location = at,
            Check = node => node.AsString is { } text && Formats.Has(format, text) == false
                ? ($"'{Short(text)}' is no {format}.", $"Write a valid {format}.")
                : null,
        };

    private static Check? Type(DocumentNode value)
    {
        string[] names = value is SequenceNode list ? [.. list.Items.Select(item => item.AsString ?? "")] : [value.AsString ?? ""];
        if (names.Length == 0 || names.Any(name => !Types.Contains(name)))
            return null;
        var expected = string.Join(" or ", names);
        return node => Array.Exists(names, name => Is(node, name))
            ? null
            : ($"This is {Name(node)}, but should be {expected}.", $"Write {expected} here{Quoting(node, names)}.");
    }

    private static string Quoting(DocumentNode node, string[] names) =>
        node is ScalarNode { IsPlain: true } && names.Contains("string") ? "; put it in quotes" : "";

    private static bool Is(DocumentNode node, string type) => node.Kind switch
    {
        NodeKind.Null => type == "null",
        NodeKind.Boolean => type == "boolean",
        NodeKind.Integer => type is "integer" or "number",
        NodeKind.Number => type == "number" || (type == "integer" && ((ScalarNode)node).Number!.Value.IsIntegral),
        NodeKind.String => type == "string",
        NodeKind.Sequence => type == "array",
        _ => type == "object",
    };

    private static string Name(DocumentNode node) => node.Kind switch
    {
        NodeKind.Sequence => "array",
        NodeKind.Mapping => "object",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private static Check? Enum(DocumentNode value)
    {
        if (value is not SequenceNode list)
            return null;
        var allowed = new HashSet<DocumentNode>(list.Items, NodeEquality.Instance);
        var names = string.Join(", ", list.Items.Take(12).Select(Show)) + (list.Items.Count > 12 ? ", …" : "");
        return node => allowed.Contains(node) ? null : ($"{Show(node)} is not one of {names}.", "Write one of these values.");
    }

    private static Check Const(DocumentNode value) =>
        node => NodeEquality.Instance.Equals(node, value) ? null : ($"{Show(node)} is not {Show(value)}.", $"Write {Show(value)}.");

    private static Check? Number(DocumentNode value, Func<ExactNumber, ExactNumber, bool> holds, string relation, string name)
    {
        if ((value as ScalarNode)?.Number is not { } bound)
            return null;
        return node => (node as ScalarNode)?.Number is not { } number || holds(number, bound)
            ? null
            : ($"{number} is {relation} the {name} {bound}.", "Write a number within the bounds.");
    }

    private static Check? MultipleOf(DocumentNode value)
    {
        if ((value as ScalarNode)?.Number is not { Sign: > 0 } divisor)
            return null;
        return node => (node as ScalarNode)?.Number is not { } number || number.IsMultipleOf(divisor)
            ? null
            : ($"{number} is no multiple of {divisor}.", $"Write a multiple of {divisor}.");
    }

    private static Check? Count(DocumentNode value, Func<DocumentNode, int?> measure, bool atLeast, string unit)
    {
        if ((value as ScalarNode)?.Number is not { IsIntegral: true, Sign: >= 0 } limit)
            return null;
        var bound = limit.ToInt64() ?? long.MaxValue;
        return node => measure(node) is not { } count || (atLeast ? count >= bound : count <= bound)
            ? null
            : ($"There are {count} {unit}, but {(atLeast ? "at least" : "at most")} {bound} are asked for.",
                atLeast ? "Add what is missing." : "Shorten it.");
    }

    /// <summary>Characters are Unicode code points, as JSON Schema counts them.</summary>
    private static int? Length(DocumentNode node)
    {
        if (node.AsString is not { } text)
            return null;
        var length = text.Length;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i], text[i + 1]))
                length--;
        }
        return length;
    }

    private static string Show(DocumentNode node) => node switch
    {
        ScalarNode { Kind: NodeKind.String } text => $"'{Short(text.Text)}'",
        ScalarNode { Kind: NodeKind.Null } => "null",
        ScalarNode scalar => Short(scalar.Text),
        _ => $"this {Name(node)}",
    };

    private static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;
}
