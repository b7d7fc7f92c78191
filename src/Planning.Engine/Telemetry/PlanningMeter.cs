using System.Diagnostics.Metrics;

namespace Planning.Engine.Telemetry;

/// <summary>The meter of everything that this product counts itself; docs/metrics.md lists its instruments.</summary>
public static class PlanningMeter
{
    public const string Name = "Planning";

    public static Meter Instance { get; } = new(Name);
}
