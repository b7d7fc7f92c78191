namespace Planning.Channels.Outbound;

/// <summary>Where requests may go whose addresses users have given.</summary>
public sealed record OutboundOptions
{
    private const int MostRedirects = 10;
    private const int MostResponseBytes = 16 * 1024 * 1024;

    /// <summary>
    /// Hosts that may be sent to, separated by commas: <c>hooks.example.com</c> is that host, <c>*.example.com</c> is every sub domain but
    /// not <c>example.com</c> itself, <c>*</c> is every public host. A port other than 443 stands behind a colon. Always https, and never an
    /// internal address. Empty allows none. Default: the hooks of Slack, and those of Teams and of its workflows.
    /// </summary>
    public string AllowedHosts { get; init; } =
        "hooks.slack.com, *.webhook.office.com, *.logic.azure.com, *.environment.api.powerplatform.com";

    /// <summary>
    /// DANGEROUS. Receivers inside the own network, exact <c>host:port</c> separated by commas, that may be sent to although their addresses
    /// are internal, also over http. Whoever may register a target can post to each of them. Never loosens what leads to
    /// link-local and metadata addresses. Empty, the default, allows none.
    /// </summary>
    public string AllowInternal { get; init; } = "";

    /// <summary>Redirects that are followed for one request, each checked like a first address. 0 follows none; default 3, at most 10.</summary>
    public int MaxRedirects { get; init; } = 3;

    /// <summary>Bytes of an answer that are read; the rest is dropped. 1 KiB to 16 MiB, default 1 MiB.</summary>
    public int MaxResponseBytes { get; init; } = 1024 * 1024;

    /// <summary>Null when every value is in range, else which is not.</summary>
    public string? Problem() =>
        HostPatterns.Read(AllowedHosts).Problem is { } hosts ? $"Outbound: {nameof(AllowedHosts)}: {hosts}"
        : InternalReceivers.Read(AllowInternal).Problem is { } receivers ? $"Outbound: {nameof(AllowInternal)}: {receivers}"
        : MaxRedirects is < 0 or > MostRedirects ? $"Outbound: {nameof(MaxRedirects)} is {MaxRedirects}; it must be 0 to {MostRedirects}."
        : MaxResponseBytes is < 1024 or > MostResponseBytes ? $"Outbound: {nameof(MaxResponseBytes)} is {MaxResponseBytes}; it must be 1024 to {MostResponseBytes}."
        : null;
}
