using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Planning.Contracts;
using Planning.Engine;
using Planning.Engine.Blobs;
using Planning.Engine.Entities;
using Planning.Engine.Handoff.Packs;
using Planning.Engine.Intake;
using Planning.Engine.Log;
using Planning.Engine.Node;
using Planning.Engine.Notifications;
using Planning.Engine.Trackers;
using Planning.Gateway.Audit;
using Planning.Gateway.Calendars;
using Planning.Gateway.Commands;
using Planning.Gateway.Errors;
using Planning.Gateway.Health;
using Planning.Gateway.Identity;
using Planning.Gateway.OpenApi;
using Planning.Gateway.Requests;
using Planning.Gateway.Routes;

namespace Planning.Gateway;

/// <summary>
/// The REST interface over the engine's ports. The executable registers the ports (entity host, workspace views, log, blobs,
/// directory, read models, notifications and their channels, recent events, pump progress, pack writer, digest store, security audit, links to
/// trackers) and the trackers themselves, where there are any, then calls both methods.
/// </summary>
public static class PlanningGateway
{
    /// <summary>What <see cref="MapPlanningHealth"/> needs, for a process that serves nothing else: the log and the directory of the ports.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static IServiceCollection AddPlanningHealth(this IServiceCollection services, GatewayOptions options)
    {
        if (options.Problem() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        return services
            .AddSingleton(options)
            .AddSingleton<LocalCallers>()
            .AddSingleton<Callers>()
            .AddSingleton<Readiness>();
    }

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static IServiceCollection AddPlanningGateway(this IServiceCollection services, GatewayOptions options)
    {
        // Each route has its own limit, named in its refusal; the server's own would cut in unnamed.
        services.Configure<KestrelServerOptions>(server => (server.Limits.MaxRequestBodySize, server.AddServerHeader) = (null, false));
        services.Configure<JsonOptions>(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ContractsJson.Lenient);
            json.SerializerOptions.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
        });
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        return services
            .AddPlanningHealth(options)
            .AddSingleton(s => new ArtifactIntake(s.GetRequiredService<IBlobStore>(), options.Artifacts))
            .AddSingleton(s => new BacklogPoints(s.GetRequiredService<IBlobStore>(), options.Artifacts))
            .AddSingleton<EntityWatch>()
            .AddSingleton<GateOutcomes>()
            .AddSingleton<TrackerUpdates>()
            .AddSingleton<TrackerPeople>()
            .AddSingleton<TrackerIntake>()
            .AddSingleton<CalendarCache>()
            .AddSingleton<FeedReader>()
            .AddSingleton<GatewayParts>()
            .AddSingleton<AuditRecorder>()
            .AddHostedService<SuppressedReports>()
            .AddHostedService<KeylessNotice>()
            .AddPlanningRateLimits(options.RateLimits)
            .AddOpenApiDocumentation();
    }

    /// <summary>Registers the ports of a backend; the executable registers <see cref="IEntityHost"/>, <see cref="Engine.Workspaces.IWorkspaceViews"/> and <see cref="PlanningWork"/>.</summary>
    public static IServiceCollection AddPlanningPorts(this IServiceCollection services, Backend backend) => services
        .AddSingleton(backend.Log)
        .AddSingleton(backend.Blobs)
        .AddSingleton(backend.Directory)
        .AddSingleton(backend.Reads)
        .AddSingleton(backend.Digests)
        .AddSingleton(backend.Audit)
        .AddSingleton<INotificationDirectory>(backend.Notifications)
        .AddSingleton(backend.TrackerLinks)
        .AddSingleton(s => s.GetRequiredService<PlanningWork>().Parts)
        .AddSingleton(s => new PackWriter(s.GetRequiredService<IEntityHost>(), backend.Log, backend.Blobs, backend.Directory));

    /// <summary>Only whether the process lives and can serve.</summary>
    public static WebApplication MapPlanningHealth(this WebApplication app)
    {
        HealthRoutes.Map(app.MapGroup("").WithTags("health"));
        return app;
    }

    public static WebApplication MapPlanningGateway(this WebApplication app)
    {
        app.UseMiddleware<RequestMetrics>();
        app.UseMiddleware<ErrorMiddleware>();
        app.UseMiddleware<AuditMiddleware>();
        app.UseMiddleware<IdentityMiddleware>();
        app.UseRateLimiter();
        app.UseMiddleware<QueryMiddleware>();

        HealthRoutes.Map(app.MapGroup("").WithTags("health"));
        app.MapOpenApi();
        PlanRoutes.Map(Group("plans"));
        ArtifactRoutes.Map(Group("artifacts"));
        TransitionRoutes.Map(Group("transitions"));
        GateRunRoutes.Map(Group("gate-runs"));
        WaiverRoutes.Map(Group("waivers"));
        ApprovalRoutes.Map(Group("approvals"));
        ExecutionRoutes.Map(Group("executions"));
        ManifestRoutes.Map(Group("manifests"));
        CycleRoutes.Map(Group("cycles"));
        DigestRoutes.Map(Group("cycles"));
        ComplianceRoutes.Map(Group("compliance"));
        EnvironmentRoutes.Map(Group("environments"));
        ScheduleRoutes.Map(Group("environments"));
        BookingRoutes.Map(Group("bookings"));
        RefreshRoutes.Map(Group("refreshes"));
        RefreshStepRoutes.Map(Group("refreshes"));
        NotificationTargetRoutes.Map(Group("notifications"));
        SubscriptionRoutes.Map(Group("notifications"));
        DeliveryRoutes.Map(Group("notifications"));
        CalendarRoutes.Map(Group("calendar"));
        FeedRoutes.Map(Group("calendar"));
        RulebookRoutes.Map(Group("rulebook"));
        RulebookProposalRoutes.Map(Group("rulebook"));
        DryRunRoutes.Map(Group("rulebook"));
        EventRoutes.Map(Group("events"));
        KeyRoutes.Map(Group("keys"));
        ApiKeyRoutes.Map(Group("api-keys"));
        PersonRoutes.Map(Group("persons"));
        AuditRoutes.Map(Group("audit"));
        TrackerRoutes.Map(Group("trackers"));
        return app;

        // A tag of our own: the default one is the name of whichever program serves.
        RouteGroupBuilder Group(string tag) => app.MapGroup("/v1").WithTags(tag);
    }
}
