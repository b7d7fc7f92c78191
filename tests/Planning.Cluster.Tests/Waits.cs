using Xunit.Abstractions;

namespace Planning.Cluster.Tests;

/// <summary>How long clients waited at most, of the plans that a silo ran when it failed, and of all others.</summary>
internal sealed record Waits(TimeSpan Own, TimeSpan Others)
{
    public static Waits Of(IReadOnlyDictionary<string, TimeSpan> longest, IReadOnlySet<string> own, ITestOutputHelper output)
    {
        // Without plans on both sides there would be nothing to compare.
        var ours = longest.Where(plan => own.Contains(plan.Key)).Select(plan => plan.Value).Order().ToArray();
        var others = longest.Where(plan => !own.Contains(plan.Key)).Select(plan => plan.Value).Order().ToArray();
        Assert.NotEmpty(ours);
        Assert.NotEmpty(others);
        output.WriteLine($"longest waits: {Told(ours)} of the plans that it ran, {Told(others)} of the others");
        return new Waits(ours[^1], others[^1]);
    }

    private static string Told(TimeSpan[] waits) =>
        $"{waits[^1].TotalSeconds:0.0} s (median {waits[waits.Length / 2].TotalSeconds:0.0} s, {waits.Length} plans)";
}
