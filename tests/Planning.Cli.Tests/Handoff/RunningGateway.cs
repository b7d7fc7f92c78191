using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Domain;
using Planning.Engine.Audit;
using Planning.Engine.Blobs;
using Planning.Engine.Entities;
using Planning.Engine.Gates;
using Planning.Engine.Gates.Validators;
using Planning.Engine.InMemory;
using Planning.Engine.Log;
using Planning.Engine.Node;
using Planning.Engine.Notifications;
using Planning.Engine.People;
using Planning.Engine.Pump;
using Planning.Engine.Reads;
using Planning.Engine.Rulebooks;
using Planning.Engine.Tests.Handoff.Support;
using Planning.Engine.Trackers;
using Planning.Engine.Workspaces;
using Planning.Gateway;
using Planning.Gateway.Identity;
using Planning.InProcess;

namespace Planning.Cli.Tests.Handoff;

/// <summary>The real gateway on a free port, over the in-memory world of a test.</summary>
internal sealed class RunningGateway(WebApplication app, HandoffWorld world) : IAsyncDisposable
{
    public string Address => app.Urls.Single();

    /// <param name="rulebooks">Instead of the one rulebook of the world.</param>
    public static async Task<RunningGateway> StartAsync(HandoffWorld world, IRulebooks? rulebooks = null)
    {
        var cells = world.Cells with { Rulebooks = rulebooks ?? world.Cells.Rulebooks };
        var reads = new InMemoryReadModels();
        var gates = new GateRunner(
            world.Host, world.Blobs, cells.Rulebooks, reads, new InMemoryGateResults(), BuiltInValidators.All, new GateOptions(), world.Time, NullLogger<GateRunner>.Instance);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton<TimeProvider>(world.Time)
            .AddSingleton<IEntityHost>(world.Host)
            .AddSingleton<IWorkspaceViews>(new InProcessViews(new InProcessOptions(), () => cells, world.Host))
            .AddSingleton(cells.Rulebooks)
            .AddSingleton<IEventLog>(world.Log)
            .AddSingleton<IBlobStore>(world.Blobs)
            .AddSingleton<IDirectory>(world.Directory)
            .AddSingleton<IReadModels>(reads)
            .AddSingleton(new WorkParts(
                [], new RecentEvents(world.Log, new RecentOptions(), world.Time), new PumpProgress([], new InMemoryConsumerPositions(), world.Time),
                new RulebookDryRun(world.Host, gates, new GateOptions(), world.Time)))
            .AddSingleton(world.Packs)
            .AddSingleton<ISecurityAudit>(new InMemorySecurityAudit(world.Time))
            .AddSingleton<INotificationDirectory>(new InMemoryNotificationStore())
            .AddSingleton<ITrackerLinks>(new InMemoryTrackerLinks())
            .AddPlanningGateway(new GatewayOptions());
        var app = builder.Build();
        app.MapPlanningGateway();
        await app.StartAsync();
        return new RunningGateway(app, world);
    }

    /// <summary>The API key of a person, as the environment holds it.</summary>
    public async Task<string> KeyOfAsync(string person, params Role[] roles)
    {
        var (key, token) = ApiKeyToken.Issue(HandoffWorld.Workspace, new PersonId(person), ActorKind.Person, roles, world.Time.GetUtcNow());
        await world.Directory.AddApiKeyAsync(key, default);
        return token.ToString();
    }

    /// <summary>Lists show what is committed so far; nothing runs here that would do it.</summary>
    public async Task ListAsync()
    {
        var reads = (InMemoryReadModels)app.Services.GetRequiredService<IReadModels>();
        var position = await reads.PositionAsync(0, default);
        await reads.HandleAsync(new EventBatch(0, position, await world.Log.ReadAsync(0, position, int.MaxValue, default), LeaseEpoch: 1), default);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
