using OpenTelemetry.Trace;

namespace Planning.Telemetry;

/// <summary>Of the traces that begin in this process: a share, and none that only asks for the process's health.</summary>
internal sealed class BeginningTraces(double share) : Sampler
{
    private readonly TraceIdRatioBasedSampler shared = new(share);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        foreach (var (name, value) in samplingParameters.Tags ?? [])
        {
            if (name == "url.path" && value is string path && path.StartsWith("/health/", StringComparison.Ordinal))
                return new SamplingResult(SamplingDecision.Drop);
        }
        return shared.ShouldSample(samplingParameters);
    }
}
