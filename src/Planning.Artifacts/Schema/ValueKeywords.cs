using System.Collections.Frozen;
using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>enum.</summary>
internal sealed class EnumKeyword(DocumentNode values) : Assertion
{
    private readonly FrozenSet<string> _texts = values.Elements.Select(value => value.AsString).OfType<string>().ToFrozenSet(StringComparer.Ordinal);
    private readonly HashSet<DocumentNode> _others = new(values.Elements.Where(value => value.AsString is null), NodeEquality.Instance);

    protected override bool Holds(DocumentNode instance) => instance.AsString is { } text ? _texts.Contains(text) : _others.Contains(instance);

    public override Expectation Expected => new([.. values.Elements.Select(Assertions.Show)], AreValues: true);

    protected override (string Message, string Advice) Explain(DocumentNode instance) => (Expected.Denies(instance), "Write one of these values.");
}

/// <summary>const.</summary>
internal sealed class ConstKeyword : Assertion
{
    public required DocumentNode Value { get; init; }

    public override Expectation Expected => new([Assertions.Show(Value)], AreValues: true);

    protected override bool Holds(DocumentNode instance) => NodeEquality.Instance.Equals(instance, Value);

    protected override (string Message, string Advice) Explain(DocumentNode instance) =>
        (Expected.Denies(instance), $"Write {Assertions.Show(Value)}.");
}

/// <summary>format where it is asserted.</summary>
internal sealed class FormatKeyword : Assertion
{
    public required string Format { get; init; }

    protected override bool Holds(DocumentNode instance) => instance.AsString is not { } text || Formats.Has(Format, text) == true;

    protected override (string Message, string Advice) Explain(DocumentNode instance) =>
        ($"'{Assertions.Short(instance.AsString!)}' is no {Format}.", $"Write a valid {Format}.");
}
