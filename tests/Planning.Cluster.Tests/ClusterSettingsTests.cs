using Planning.Silo;

namespace Planning.Cluster.Tests;

/// <summary>Bounds that cannot work stop the start.</summary>
public sealed class ClusterSettingsTests
{
    [Fact]
    public void The_defaults_are_in_range() => Assert.Null(new ClusterSettings().Problem());

    [Theory]
    [InlineData(999, 1_000_000, "MaxEntities is 999; it must be at least 1000.")]
    [InlineData(1_000, 999_999, "MaxBytes is 999999; it must be at least 1000000.")]
    public void A_bound_below_what_a_few_requests_need_is_refused_by_name(int entities, long bytes, string problem) =>
        Assert.Equal($"Cluster: {problem}", new ClusterSettings { MaxEntities = entities, MaxBytes = bytes }.Problem());
}
