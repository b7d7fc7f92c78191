namespace Planning.Artifacts.Schema;

/// <summary>How schemas are compiled and evaluated.</summary>
public sealed record SchemaOptions
{
    /// <summary>The defaults.</summary>
    public static SchemaOptions Default { get; } = new();

    /// <summary>Ignores keywords that JSON Schema does not define, as the specification asks. Default false: a misspelt
    /// keyword would let everything pass, so it is a compile error.</summary>
    public bool AllowUnknownKeywords { get; init; }

    /// <summary>Makes <c>format</c> an assertion for the formats that <see cref="Formats.Names"/> lists. Default false:
    /// it only describes.</summary>
    public bool AssertFormats { get; init; }

    /// <summary>Time for one match of one regular expression; default 250 ms.</summary>
    public TimeSpan PatternTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Schemas that are applied while one instance is judged; default 50,000,000, which takes seconds. Only a schema
    /// whose alternatives lead to one another more than once comes near it.</summary>
    public int MaxSteps { get; init; } = 50_000_000;

    /// <summary>Findings for one instance; default 200.</summary>
    public int MaxFindings { get; init; } = 200;

    /// <summary>Checks the options themselves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(PatternTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxSteps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxFindings);
    }
}
