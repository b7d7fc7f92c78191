using System.Diagnostics;
using Planning.Silo.Logs;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace Planning.Silo;

/// <summary>One JSON object a line on standard output, with the silo, the grain and the trace that it belongs to.</summary>
internal static class Logging
{
    public static Logger Create(SiloSettings settings, GrainIds grains) => new LoggerConfiguration()
        .MinimumLevel.Is(Enum.Parse<LogEventLevel>(settings.LogLevel, ignoreCase: true))
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .MinimumLevel.Override("Orleans", LogEventLevel.Warning)
        .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
        .Enrich.WithProperty("silo", settings.Cluster.Silo)
        .Enrich.With(grains)
        .Enrich.With<TraceId>()
        .Filter.With(new FalseAlarms(TimeProvider.System))
        .WriteTo.Console(new JsonFormatter(renderMessage: true))
        .CreateLogger();

    private sealed class TraceId : ILogEventEnricher
    {
        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
        {
            if (Activity.Current is { } activity)
                logEvent.AddPropertyIfAbsent(propertyFactory.CreateProperty("trace_id", activity.TraceId.ToHexString()));
        }
    }
}
