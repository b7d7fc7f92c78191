using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>One broken keyword at one place of the instance.</summary>
internal sealed record SchemaProblem(
    DocumentNode Node, int Line, int Column, string Pointer, string Keyword, string Location, string Message, string Advice)
{
    /// <summary>What should be there instead; null where that is not said in a word.</summary>
    public Expectation? Expected { get; init; }

    public bool IsSameAs(SchemaProblem other) => Node == other.Node && Keyword == other.Keyword && Message == other.Message;
}

/// <summary>What a value should be.</summary>
/// <param name="Forms">Types, or values in the form of a sentence.</param>
/// <param name="AreValues">True where all of them are single values, which may tell alternatives apart.</param>
internal sealed record Expectation(IReadOnlyList<string> Forms, bool AreValues)
{
    /// <summary>Forms that a message lists.</summary>
    private const int MaxShown = 12;

    /// <summary>Either of several.</summary>
    public static Expectation Any(IEnumerable<Expectation> expected)
    {
        var all = expected.ToList();
        return new([.. all.SelectMany(one => one.Forms).Distinct(StringComparer.Ordinal)], all.TrueForAll(one => one.AreValues));
    }

    /// <summary>Says that a value is none of them.</summary>
    public string Denies(DocumentNode node) => AreValues
        ? Forms.Count == 1 ? $"{Assertions.Show(node)} is not {this}." : $"{Assertions.Show(node)} is not one of {this}."
        : $"This is {TypeKeyword.NameOf(node)}, but should be {this}.";

    public override string ToString()
    {
        if (Forms.Count > MaxShown)
            return string.Join(", ", Forms.Take(MaxShown)) + ", …";
        return AreValues || Forms.Count < 2 ? string.Join(", ", Forms) : $"{string.Join(", ", Forms.SkipLast(1))} or {Forms[^1]}";
    }
}
