using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>minimum, maximum and their exclusive forms.</summary>
internal sealed class BoundKeyword : Assertion
{
    public required ExactNumber Bound { get; init; }

    public required bool Upper { get; init; }

    public required bool Exclusive { get; init; }

    protected override bool Holds(DocumentNode instance)
    {
        if (instance.Number is not { } number)
            return true;
        var above = number.CompareTo(Bound) * (Upper ? -1 : 1);
        return above > 0 || (above == 0 && !Exclusive);
    }

    protected override (string Message, string Advice) Explain(DocumentNode instance)
    {
        var relation = (Upper, Exclusive) switch
        {
            (false, false) => "less than the minimum",
            (true, false) => "more than the maximum",
            (false, true) => "not more than the lower bound",
            (true, true) => "not less than the upper bound",
        };
        return ($"{instance.Number} is {relation} {Bound}.", "Write a number within the bounds.");
    }
}

/// <summary>Makes the bounds.</summary>
internal static class Bounds
{
    public static bool Knows(string keyword) => keyword is "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum";

    /// <summary>The bound; null where the value is no number.</summary>
    public static BoundKeyword? Create(string keyword, DocumentNode value, string location) => value.Number is not { } bound ? null : new()
    {
        Name = keyword,
        Location = location,
        Bound = bound,
        Upper = keyword is "maximum" or "exclusiveMaximum",
        Exclusive = keyword is "exclusiveMinimum" or "exclusiveMaximum",
    };
}

/// <summary>multipleOf.</summary>
internal sealed class MultipleOfKeyword : Assertion
{
    public required ExactNumber Divisor { get; init; }

    protected override bool Holds(DocumentNode instance) => instance.Number is not { } number || number.IsMultipleOf(Divisor);

    protected override (string Message, string Advice) Explain(DocumentNode instance) =>
        ($"{instance.Number} is no multiple of {Divisor}.", $"Write a multiple of {Divisor}.");
}
