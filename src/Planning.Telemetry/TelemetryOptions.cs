namespace Planning.Telemetry;

/// <summary>Traces and metrics for whoever operates the process, sent by OTLP over HTTP. Nothing is made while nothing is sent.</summary>
public sealed record TelemetryOptions
{
    private static readonly TimeSpan MaxMetricsInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan MaxExportTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Where traces and metrics go: an OTLP receiver's address over HTTP, such as <c>http://collector:4318</c>. Empty, the default, sends nothing.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>The share of traces that is recorded, 0 to 1; a caller that has decided already is followed. Default 1.</summary>
    public double TraceShare { get; init; } = 1;

    /// <summary>How often metrics are sent, 1 second to 1 hour. Default 1 minute.</summary>
    public TimeSpan MetricsInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the receiver may take for one export, 100 ms to 30 seconds; then what it holds is lost. Default 5 seconds.</summary>
    public TimeSpan ExportTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether anything is sent at all.</summary>
    public bool IsOn => Endpoint.Length > 0;

    /// <summary>Null when every value is in range, else which is not.</summary>
    public string? Problem() =>
        IsOn && !(Uri.TryCreate(Endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            ? $"Telemetry: {nameof(Endpoint)} '{Endpoint}' is no address. Write it like http://collector:4318."
        : TraceShare is not (>= 0 and <= 1) ? $"Telemetry: {nameof(TraceShare)} is {TraceShare}; it must be 0 to 1."
        : MetricsInterval < TimeSpan.FromSeconds(1) || MetricsInterval > MaxMetricsInterval ? $"Telemetry: {nameof(MetricsInterval)} must be 1 second to 1 hour."
        : ExportTimeout < TimeSpan.FromMilliseconds(100) || ExportTimeout > MaxExportTimeout ? $"Telemetry: {nameof(ExportTimeout)} must be 100 ms to 30 seconds."
        : null;
}
