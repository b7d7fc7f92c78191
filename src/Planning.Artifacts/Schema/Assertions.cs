using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>A keyword that judges a value by itself and leads to no other schema.</summary>
internal abstract class Assertion : Keyword
{
    public sealed override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        if (Holds(instance))
            return true;
        if (problems is null)
            return false;
        var (message, advice) = Explain(instance);
        problems.Add(Problem(instance, Name, Location, message, advice) with { Expected = Expected });
        return false;
    }

    /// <summary>What a value should be, where that can be said in a word.</summary>
    public virtual Expectation? Expected => null;

    protected abstract bool Holds(DocumentNode instance);

    /// <summary>What is wrong with an instance for which it does not hold, and what to do.</summary>
    protected abstract (string Message, string Advice) Explain(DocumentNode instance);
}

/// <summary>Makes the assertions.</summary>
internal static class Assertions
{
    public static bool Knows(string keyword) => keyword is "type" or "enum" or "const" or "multipleOf" || Bounds.Knows(keyword) || Counts.Knows(keyword);

    /// <summary>The assertion of a keyword with its value; null where the value does not fit the keyword.</summary>
    public static Assertion? Create(string keyword, DocumentNode value, string location) => keyword switch
    {
        "type" => TypeKeyword.Create(value, location),
        "enum" => value.IsSequence ? new EnumKeyword(value) { Name = keyword, Location = location } : null,
        "const" => new ConstKeyword { Name = keyword, Location = location, Value = value },
        "multipleOf" => value.Number is { Sign: > 0 } divisor ? new MultipleOfKeyword { Name = keyword, Location = location, Divisor = divisor } : null,
        _ when Bounds.Knows(keyword) => Bounds.Create(keyword, value, location),
        _ => Counts.Create(keyword, value, location),
    };

    /// <summary>format as an assertion; null for the formats that only describe.</summary>
    public static Assertion? Format(DocumentNode value, string location) =>
        value.AsString is { } format && Formats.Has(format, "") is not null ? new FormatKeyword { Name = "format", Location = location, Format = format } : null;

    /// <summary>How to quote a value in a sentence.</summary>
    public static string Show(DocumentNode node) => node switch
    {
        { Kind: NodeKind.String } => $"'{Short(node.Text)}'",
        { Kind: NodeKind.Null } => "null",
        { IsScalar: true } => Short(node.Text),
        _ => $"this {TypeKeyword.NameOf(node)}",
    };

    public static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;
}
