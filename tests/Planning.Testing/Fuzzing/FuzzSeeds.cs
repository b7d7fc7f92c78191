using System.Globalization;

namespace Planning.Testing.Fuzzing;

/// <summary>What random tests start from: seeds that are always the same, and one that no run had before.</summary>
public static class FuzzSeeds
{
    /// <summary>Set to a seed that a run has printed, it takes the place of the new one.</summary>
    public const string Variable = "PLANNING_FUZZ_SEED";

    /// <summary>Fixed ones first. The last is to be printed, or a failure cannot be looked at again.</summary>
    public static IReadOnlyList<ulong> All { get; } = [1, 2, 3, New()];

    /// <summary>For <see cref="Counted"/>.</summary>
    public static string Told(string what, int casesPerSeed) => $"{what}: {casesPerSeed} cases for each of {All.Count} seeds, the last {Variable}={All[^1]}";

    private static ulong New() =>
        ulong.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var given) ? given : (ulong)Random.Shared.NextInt64();
}
