namespace Planning.Contracts;

/// <param name="Status">ready, not_ready or live.</param>
/// <param name="Authentication">api_keys, or loopback_only while no key is configured.</param>
public sealed record HealthView(string Status, IReadOnlyList<HealthCheckView> Checks, string? Authentication = null, string? Epoch = null);

/// <param name="Status">ok or failed.</param>
public sealed record HealthCheckView(string Name, string Status, string? Detail = null);
