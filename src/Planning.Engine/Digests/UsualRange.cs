namespace Planning.Engine.Digests;

/// <summary>
/// Where a value is expected after three cycles: between the least and the greatest of them, widened on both sides by
/// half of their distance, or by a tenth of their mean where that is more.
/// </summary>
public sealed record UsualRange(decimal From, decimal To)
{
    /// <summary>Earlier values that a range takes; fewer say nothing about what is usual.</summary>
    public const int Cycles = 3;

    private const decimal ShareOfSpan = 0.5m;
    private const decimal ShareOfMean = 0.1m;

    /// <summary>A change of less than this share of the earlier mean is no trend.</summary>
    private const decimal SteadyWithin = 0.05m;

    public bool Holds(decimal value) => value >= From && value <= To;

    public static UsualRange? Of(IReadOnlyList<decimal> earlier)
    {
        if (earlier.Count < Cycles)
            return null;
        var margin = Math.Max((earlier.Max() - earlier.Min()) * ShareOfSpan, Math.Abs(earlier.Average()) * ShareOfMean);
        return new UsualRange(earlier.Min() - margin, earlier.Max() + margin);
    }

    /// <summary>Where the value goes, not whether that is good.</summary>
    public static Trend TrendOf(decimal? value, IReadOnlyList<decimal> earlier)
    {
        if (value is not { } present || earlier.Count == 0)
            return Trend.Unknown;
        var mean = earlier.Average();
        return Math.Abs(present - mean) <= Math.Abs(mean) * SteadyWithin ? Trend.Steady
            : present > mean ? Trend.Up
            : Trend.Down;
    }
}
