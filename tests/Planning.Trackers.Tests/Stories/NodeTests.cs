using Microsoft.Extensions.Logging.Abstractions;
using Planning.Domain;
using Planning.Domain.Refreshes;
using Planning.Engine;
using Planning.Engine.Entities;
using Planning.Engine.InMemory;
using Planning.Engine.People;
using Planning.Engine.Trackers;
using Planning.InProcess;
using Planning.Testing;
using Planning.Trackers.Tests.Fakes;
using Planning.Trackers.Tests.Support;

namespace Planning.Trackers.Tests.Stories;

/// <summary>A whole node with a tracker: pump, reactors and all.</summary>
public sealed class NodeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly RefreshId Id = new("rfr_1");

    [Fact]
    public async Task A_request_is_carried_to_the_tracker_and_its_rejection_there_is_carried_back()
    {
        var time = TimeProvider.System;
        await using var fake = new FakeJira(new FakeTime(time.GetUtcNow()), TrackerKind.JiraServer);
        await fake.StartAsync();
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        var tracker = TrackerAdapters.Create(World.WithPeople(fake.Options), http, time);
        using var lease = new InMemoryLease();
        var (log, reads, links, directory) = (new InMemoryEventLog(), new InMemoryReadModels(), new InMemoryTrackerLinks(), new InMemoryDirectory());
        var backend = new Backend(
            log, new InMemoryBlobStore(), new InMemorySnapshotStore(), new InMemoryTimerStore(), lease, new InMemoryConsumerPositions(), directory, reads, new InMemoryDigestStore(),
            new InMemorySecurityAudit(time), new InMemoryNotificationStore(), links, new InMemoryGateResults(), [reads]);
        await using var node = new PlanningNode(backend, new PlanningNodeOptions(), "test", time, NullLoggerFactory.Instance, trackers: [tracker]);
        node.Start();

        var window = new Domain.Environments.TimeWindow(time.GetUtcNow().AddDays(1), time.GetUtcNow().AddDays(1).AddHours(1));
        var draft = new RefreshCommand.Draft(Id, new("env_staging"), RefreshType.Redeployment, [], WithChildren: false, window, "Release", [], AtOnce: true);
        await node.Host.SendAsync(new CommandRequest(World.Key(Id.Value), draft, new Actor(World.Rick, ActorKind.Person, [Role.Planner]), "draft"), default);
        await UntilAsync(async () => await links.FindAsync(World.Acme, tracker.Id, Id, default) is { ShownVersion: 2 });

        await directory.AddApiKeyAsync(new ApiKey("key_1", World.Acme, World.Anna, ActorKind.Person, [Role.Approver], new byte[] { 1 }, time.GetUtcNow(), null, null), default);
        var intake = new TrackerIntake(
            [tracker], links, new TrackerUpdates(node.Host, links, time), new TrackerPeople(directory, time), node.Host, time, NullLogger<TrackerIntake>.Instance);
        var item = Assert.Single(fake.Items);
        Assert.IsType<TrackerTaken.Done>(await intake.TakeAsync(tracker.Id, fake.Act(item, TrackerWish.Reject, "acc-anna"), default));

        await UntilAsync(async () => await links.FindAsync(World.Acme, tracker.Id, Id, default) is { ShownVersion: 3 });
        Assert.Contains("Status: DRAFT", item.Text, StringComparison.Ordinal);
        Assert.Equal("Rejected", item.Status);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
