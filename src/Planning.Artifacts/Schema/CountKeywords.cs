using System.Text;
using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>minLength, maxLength, minItems, maxItems, minProperties and maxProperties.</summary>
internal sealed class CountKeyword : Assertion
{
    public required NodeKind Counted { get; init; }

    public required bool AtLeast { get; init; }

    public required long Bound { get; init; }

    protected override bool Holds(DocumentNode instance) =>
        instance.Kind != Counted || (AtLeast ? CountOf(instance) >= Bound : CountOf(instance) <= Bound);

    protected override (string Message, string Advice) Explain(DocumentNode instance)
    {
        var unit = Counted switch { NodeKind.String => "characters", NodeKind.Sequence => "elements", _ => "keys" };
        return (
            $"There are {CountOf(instance)} {unit}, but {(AtLeast ? "at least" : "at most")} {Bound} are asked for.",
            AtLeast ? "Add what is missing." : "Shorten it.");
    }

    private static int CountOf(DocumentNode node) => node.Kind switch
    {
        NodeKind.Sequence => node.Elements.Count,
        NodeKind.Mapping => node.Entries.Count,
        _ => LengthOf(node.Text),
    };

    /// <summary>Characters are Unicode code points, as JSON Schema counts them.</summary>
    private static int LengthOf(string text)
    {
        var length = text.Length;
        if (Ascii.IsValid(text))
            return length;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i], text[i + 1]))
                length--;
        }
        return length;
    }
}

/// <summary>Makes the limits of size.</summary>
internal static class Counts
{
    public static bool Knows(string keyword) => CountedBy(keyword) is not null;

    /// <summary>The limit; null where the value is no whole number from 0.</summary>
    public static CountKeyword? Create(string keyword, DocumentNode value, string location) =>
        value.Number is not { IsIntegral: true, Sign: >= 0 } bound ? null : new()
        {
            Name = keyword,
            Location = location,
            Counted = CountedBy(keyword)!.Value,
            AtLeast = keyword.StartsWith("min", StringComparison.Ordinal),
            Bound = bound.ToInt64() ?? long.MaxValue,
        };

    private static NodeKind? CountedBy(string keyword) => keyword switch
    {
        "minLength" or "maxLength" => NodeKind.String,
        "minItems" or "maxItems" => NodeKind.Sequence,
        "minProperties" or "maxProperties" => NodeKind.Mapping,
        _ => null,
    };
}
