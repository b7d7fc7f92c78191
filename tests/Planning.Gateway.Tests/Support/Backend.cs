using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Client;
using Planning.Contracts;
using Planning.Engine.Audit;
using Planning.Engine.Blobs;
using Planning.Engine.Digests;
using Planning.Engine.Entities;
using Planning.Engine.Gates;
using Planning.Engine.Gates.Validators;
using Planning.Engine.Handoff;
using Planning.Engine.Handoff.Packs;
using Planning.Engine.InMemory;
using Planning.Engine.Leases;
using Planning.Engine.Log;
using Planning.Engine.Node;
using Planning.Engine.Notifications;
using Planning.Engine.People;
using Planning.Engine.Pump;
using Planning.Engine.Reactors;
using Planning.Engine.Reads;
using Planning.Engine.Refreshes;
using Planning.Engine.Rulebooks;
using Planning.Engine.Timers;
using Planning.Engine.Trackers;
using Planning.Engine.Workspaces;
using Planning.InProcess;

namespace Planning.Gateway.Tests.Support;

/// <summary>A whole backend in this process: the real gateway on a real port, over the in-memory parts, with pump and reactors.</summary>
internal sealed class Backend : IAsyncDisposable
{
    /// <summary>Looks of the pump and of the timers under a clock that tests move by days: each look is a step of that clock.</summary>
    private static readonly TimeSpan Rarely = TimeSpan.FromHours(1);

    private readonly WebApplication server;
    private readonly CancellationTokenSource stopping;
    private readonly Task work;

    private Backend(WebApplication server, Task work, CancellationTokenSource stopping, InMemoryEventLog log, MarkerValidator validator, TestChannel hooks) =>
        (this.server, this.work, this.stopping, Log, Validator, Hooks) = (server, work, stopping, log, validator, hooks);

    public InMemoryEventLog Log { get; }
    public MarkerValidator Validator { get; }

    /// <summary>What webhooks get; other channels are not configured.</summary>
    public TestChannel Hooks { get; }
    public IServiceProvider Services => server.Services;
    public Uri Address => new(server.Urls.First());

    /// <param name="hosted">Another host than the one in this process.</param>
    /// <param name="pump">Without it nothing is carried on: no gate runs, no list shows anything.</param>
    public static async Task<Backend> StartAsync(GatewayOptions? options = null, bool pump = true, Action<IServiceCollection>? also = null, TimeProvider? clock = null, Func<CellServices, Task<(IEntityHost Host, IWorkspaceViews Views)>>? hosted = null, TestRulebooks? rules = null)
    {
        var time = clock ?? TimeProvider.System;
        var stop = new CancellationTokenSource();
        var (log, blobs, reads, validator) = (new InMemoryEventLog(), new InMemoryBlobStore(), new InMemoryReadModels(), new MarkerValidator());
        var digests = new InMemoryDigestStore();
        var snapshots = new InMemorySnapshotStore();
        var rulebooks = rules ?? new TestRulebooks();
        var cells = new CellServices(log, snapshots, new SnapshotWriter(snapshots, NullLogger<SnapshotWriter>.Instance), rulebooks, time);
        var (host, views) = hosted is null ? InProcess(cells) : await hosted(cells);
        var recent = new RecentEvents(log, new RecentOptions(), time);
        var positions = new InMemoryConsumerPositions();
        var timers = new InMemoryTimerStore();
        var reminders = new RefreshReminders(host, timers, time, NullLogger<RefreshReminders>.Instance);
        PumpProgress? progress = null;
        Task ListedAsync(int partition, long position, CancellationToken cancellation) => progress!.WaitAsync(IReadModels.ConsumerName, partition, position, cancellation);
        var (notifications, hooks, sending, queued) = (new InMemoryNotificationStore(), new TestChannel(), new NotificationOptions(), new WakeUp(time));
        var gates = new GateRunner(host, blobs, rulebooks, reads, new InMemoryGateResults(), [validator, .. BuiltInValidators.All], new GateOptions(), time, NullLogger<GateRunner>.Instance);
        IReactor[] reactors =
        [
            new GateReactor(host, gates),
            new GateOutcomeReactor(host, new ManifestInspector(host, blobs)),
            new HandoffReactor(host, log, blobs, rulebooks),
            new CycleReactor(host, log, blobs, new DigestRenderer(rulebooks, blobs), digests),
            new EnvironmentMoveReactor(host),
            new RefreshReactor(host, reminders),
            new RefreshRecheckReactor(host, rulebooks, reads, ListedAsync),
            new RefreshMetrics(host, reads, ListedAsync),
            .. views is InProcessViews own ? [new GovernanceReactor(host, rulebooks, own.SettleAsync)] : Array.Empty<IReactor>(),
        ];
        var parking = new Parking(positions, timers, log, name => reactors.Single(r => r.Name == name), time, NullLogger<Parking>.Instance);
        var eventPump = new EventPump(
            log,
            [
                reads,
                new NotificationConsumer(notifications, log, host, positions, sending, queued, time, NullLogger<NotificationConsumer>.Instance),
                .. reactors.Select(r => new ReactorConsumer(r, positions, parking, new ReactorOptions(), time, NullLogger<ReactorConsumer>.Instance)),
            ],
            recent, positions, clock is null ? new PumpOptions() : new PumpOptions { PollInterval = Rarely }, time, NullLogger<EventPump>.Instance);
        progress = eventPump.Progress;
        var sweeper = new TimerSweeper(timers, [parking, reminders], clock is null ? new TimerOptions() : new TimerOptions { MaxSleep = Rarely }, time, NullLogger<TimerSweeper>.Instance);

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton(time)
            .AddSingleton<IEventLog>(log).AddSingleton<IBlobStore>(blobs).AddSingleton<IReadModels>(reads).AddSingleton(host).AddSingleton(views)
            .AddSingleton<IRulebooks>(rulebooks).AddSingleton<IDirectory>(new InMemoryDirectory()).AddSingleton(new WorkParts([hooks], recent, eventPump.Progress, new RulebookDryRun(host, gates, new GateOptions(), time)))
            .AddSingleton<INotificationDirectory>(notifications)
            .AddSingleton<IDigestStore>(digests).AddSingleton<PackWriter>().AddSingleton<ITrackerLinks>(new InMemoryTrackerLinks()).AddSingleton<ISecurityAudit>(new InMemorySecurityAudit(time))
            .AddPlanningGateway(options ?? new GatewayOptions { KeyCacheTime = TimeSpan.Zero });
        also?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapPlanningGateway();
        await app.StartAsync();
        var sender = new NotificationSender(notifications, [hooks], sending, queued, time, NullLogger<NotificationSender>.Instance);
        var running = pump
            ? new Leadership(new InMemoryLease(), "test", [eventPump, sweeper, sender], NullLogger<Leadership>.Instance).RunAsync(stop.Token)
            : Task.CompletedTask;
        return new Backend(app, running, stop, log, validator, hooks);
    }

    private static (IEntityHost, IWorkspaceViews) InProcess(CellServices cells)
    {
        var host = new InProcessHost(new InProcessOptions(), () => cells, cells.Time);
        return (host, new InProcessViews(new InProcessOptions(), () => cells, host));
    }

    /// <summary>A client of one person; without roles, of one who has them all.</summary>
    public PlanningClient As(string person, params string[] roles) => new(
        new HttpClient(), new PlanningClientOptions { BaseAddress = Address, Actor = roles.Length == 0 ? person : $"{person};roles={string.Join(',', roles)}" });

    public PlanningClient WithKey(string token) => new(new HttpClient(), new PlanningClientOptions { BaseAddress = Address, ApiKey = token });

    /// <summary>A bare request, for what the SDK never sends.</summary>
    public async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var request = new HttpRequestMessage(method, path) { Content = body };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request);
        return await Reply.OfAsync(answer);
    }

    public Task<Reply> PostAsync(string path, string json, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, Json(json), headers);

    public static HttpContent Json(string json) => Json(Encoding.UTF8.GetBytes(json));

    public static HttpContent Json(byte[] bytes) =>
        new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    /// <summary>A cycle and a plan in it.</summary>
    public async Task<PlanView> NewPlanAsync(string author = "ada")
    {
        var client = As(author);
        await client.Cycles.OpenAsync(new OpenCycleRequest("One", new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 14)));
        return await client.Plans.CreateAsync(new CreatePlanRequest("A plan", "payments"));
    }

    /// <summary>As on SIGTERM.</summary>
    public Task StopAsync() => server.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Validator.Release();
        await server.DisposeAsync();
        await stopping.CancelAsync();
        try
        {
            await work;
        }
        catch (OperationCanceledException)
        {
            // Stopped as asked.
        }
        stopping.Dispose();
    }
}
