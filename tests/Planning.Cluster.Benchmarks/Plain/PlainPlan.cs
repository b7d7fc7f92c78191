namespace Planning.Cluster.Benchmarks.Plain;

/// <summary>A plan as one would write it with nothing but Orleans: all of it is stored with every transition.</summary>
[GenerateSerializer, Alias("plain.plan_state")]
public sealed class PlainPlan
{
    [Id(0)] public string Title { get; set; } = "";
    [Id(1)] public string Description { get; set; } = "What the plan is for, who asked for it, and what must be true when it is done, in a sentence or two.";
    [Id(2)] public string Stream { get; set; } = "stream-7";
    [Id(3)] public string Cycle { get; set; } = "cyc_01jx3v7k9m2n4p6q8r0s2t4v6w";
    [Id(4)] public string Status { get; set; } = "PLANNED";
    [Id(5)] public string Author { get; set; } = "per_8f3a2c71";
    [Id(6)] public Dictionary<string, string> Tags { get; set; } = new() { ["criticality"] = "high", ["team"] = "payments", ["region"] = "eu-central" };
    [Id(7)] public DateTimeOffset ChangedAt { get; set; }
    [Id(8)] public long Version { get; set; }
}

/// <summary>What is told to others of a transition.</summary>
[GenerateSerializer, Immutable, Alias("plain.transition")]
public sealed record PlainTransition([property: Id(0)] string Plan, [property: Id(1)] long Version, [property: Id(2)] string Title, [property: Id(3)] DateTimeOffset At);
