namespace Planning.Gateway.Audit;

/// <summary>What bounds the security audit. Acts that succeed are always recorded; refusals only so often, and the others are counted.</summary>
public sealed record AuditOptions
{
    /// <summary>Refusals per minute that are recorded of one source, which is an API key, or an address without a valid one (of IPv6, its /64 network). Default 60.</summary>
    public int RefusalsPerSource { get; init; } = 60;

    /// <summary>Refusals per minute that are recorded of all sources without a valid key together; those that have one are not among them. Default 600.</summary>
    public int RefusalsOfStrangers { get; init; } = 600;

    /// <summary>The workspace whose auditors see attempts without a known key, as these belong to no workspace. Empty, the default, is <see cref="GatewayOptions.LocalWorkspace"/>.</summary>
    public string StrangersWorkspace { get; init; } = "";

    /// <summary>How long a record may take to be written before it counts as not written. Default 5 seconds.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Null when every value is in range, else which is not.</summary>
    public string? Problem() =>
        RefusalsPerSource < 1 || RefusalsOfStrangers < 1 ? $"{nameof(RefusalsPerSource)} and {nameof(RefusalsOfStrangers)} must be at least 1."
        : WriteTimeout <= TimeSpan.Zero ? $"{nameof(WriteTimeout)} must be positive."
        : null;
}
