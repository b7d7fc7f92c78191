using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Planning.Telemetry;

/// <summary>The same for every executable. What is traced and counted stands here by name, so that no layer has to know another.</summary>
public static class PlanningTelemetry
{
    private static readonly string[] Sources =
    [
        "Planning", "Planning.*", "Microsoft.AspNetCore", "System.Net.Http", "Npgsql",
        "Microsoft.Orleans.Application", "Microsoft.Orleans.Lifecycle", "Microsoft.Orleans.Storage",
    ];

    private static readonly string[] Meters = ["Planning", "Microsoft.AspNetCore.*", "System.Net.*", "System.Runtime", "Npgsql", "Microsoft.Orleans"];

    /// <summary>Registers nothing while telemetry is off.</summary>
    /// <param name="instance">Which of the processes this is; the same name as in its log.</param>
    /// <param name="role">What the process does, such as <c>silo</c>.</param>
    public static IServiceCollection AddPlanningTelemetry(this IServiceCollection services, TelemetryOptions options, string instance, string role)
    {
        if (!options.IsOn)
            return services;
        // Until .NET 11 requests say their method, path and status only when asked to.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService("planning", serviceVersion: Version, serviceInstanceId: instance)
                .AddAttributes([new("planning.role", role)]))
            .WithTracing(traces => traces
                .AddSource(Sources)
                .SetSampler(new ParentBasedSampler(new BeginningTraces(options.TraceShare)))
                .AddProcessor(new LonelyStatements())
                .AddOtlpExporter(exporter => Send(exporter, options, "v1/traces")))
            .WithMetrics(metrics => metrics
                .AddMeter(Meters)
                .AddOtlpExporter((exporter, reader) =>
                {
                    Send(exporter, options, "v1/metrics");
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.MetricsInterval.TotalMilliseconds;
                }));
        return services;
    }

    private static string? Version => typeof(PlanningTelemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    private static void Send(OtlpExporterOptions exporter, TelemetryOptions options, string path)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri($"{options.Endpoint.TrimEnd('/')}/{path}");
        exporter.TimeoutMilliseconds = (int)options.ExportTimeout.TotalMilliseconds;
    }
}
