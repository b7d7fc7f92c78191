using System.Globalization;

namespace Planning.Benchmarks.Harness;

/// <param name="Filter">Part of a name; null for all.</param>
/// <param name="Seconds">Of each measurement. Default 5.</param>
/// <param name="Json">Where to write the report; null for nowhere.</param>
/// <param name="Database">Connection string of a superuser, who makes and drops databases; null for a private server.</param>
internal sealed record BenchmarkArguments(string? Filter, double Seconds, string? Json, string? Database)
{
    public const string Usage = "bench [--filter PART_OF_NAME] [--seconds N] [--json FILE] [--database CONNECTION_STRING]";

    /// <exception cref="ArgumentException">Says what is wrong and how it is used.</exception>
    public static BenchmarkArguments Parse(string[] args)
    {
        var given = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (args[i] is not ("--filter" or "--seconds" or "--json" or "--database") || i + 1 == args.Length)
                throw new ArgumentException($"{args[i]} is not understood. Usage: {Usage}");
            given[args[i]] = args[i + 1];
        }
        return new(
            given.GetValueOrDefault("--filter"),
            double.Parse(given.GetValueOrDefault("--seconds", "5"), CultureInfo.InvariantCulture),
            given.GetValueOrDefault("--json"),
            given.GetValueOrDefault("--database"));
    }
}
