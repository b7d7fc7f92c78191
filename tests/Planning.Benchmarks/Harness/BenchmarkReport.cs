using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Planning.Benchmarks.Harness;

/// <summary>The file of <c>--json</c>, and the same as a line for people.</summary>
internal sealed record BenchmarkReport(IReadOnlyList<BenchmarkReport.Line> Benchmarks)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <param name="P50Ms">Milliseconds; left out where single calls were not measured.</param>
    public sealed record Line(string Name, double Value, string Unit, double? P50Ms, double? P99Ms, IReadOnlyList<Ratio> Ratios, [property: JsonIgnore] string Note)
    {
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Name,-32} {Value,12:N0} {Unit,-6} p50 {P50Ms,8:N2} ms  p99 {P99Ms,8:N2} ms{string.Concat(Ratios.Select(ratio => $"  {ratio}"))}  {Note}").TrimEnd();
    }

    public sealed record Ratio(string To, double Value)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:N2} x {To}");
    }
}
