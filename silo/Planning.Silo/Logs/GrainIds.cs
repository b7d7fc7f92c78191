using Orleans.Runtime;
using Serilog.Core;
using Serilog.Events;

namespace Planning.Silo.Logs;

/// <summary>The grain in which a line is written, such as <c>plan/acme/pln_1</c>. Nobody is asked until a line is written.</summary>
internal sealed class GrainIds : ILogEventEnricher
{
    private volatile IGrainContextAccessor? running;

    /// <summary>The log comes before the silo; no line is written in a grain until then.</summary>
    public void Bind(IGrainContextAccessor? grains) => running = grains;

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        // Outside of grains the context is one of Orleans' own.
        if (running?.GrainContext is { GrainId: var grain } && !grain.Type.IsClient() && !grain.Type.IsSystemTarget())
            logEvent.AddPropertyIfAbsent(propertyFactory.CreateProperty("grain", grain.ToString()));
    }
}
