using Planning.Domain;
using Planning.Domain.Rulebooks;
using Planning.Engine.Entities;
using Planning.Engine.Log;
using Planning.Engine.Rulebooks;
using Planning.Engine.Tests.Pump;

namespace Planning.Engine.Tests.Rulebooks;

/// <summary>Which rules are active is read from the log, whoever runs the rulebook's entity.</summary>
public sealed class RulebookCacheTests
{
    private static readonly RulebookFiles Other = RulebookFiles.Of(
        DefaultRulebook.Files.Bytes.SetItem(RulebookFiles.Calendars, "version: 1.0.0\ncalendars: {}\n"u8.ToArray()));

    private static readonly Actor Admin = new(new PersonId("per_admin"), ActorKind.Person, [Role.Admin]);

    private readonly TestHost node = new();

    [Fact]
    public async Task Rules_that_this_process_activates_hold_at_once_and_are_found_by_their_hash()
    {
        var cache = new RulebookCache(node.Blobs, node.Log, node.Time);
        Assert.Equal(DefaultRulebook.Load().Hash, (await cache.ActiveAsync(TestHost.Workspace, default)).Hash);

        await ActivateAsync();

        Assert.Equal(Other.Hash, (await cache.ActiveAsync(TestHost.Workspace, default)).Hash);
        Assert.Equal(Other.Hash, (await cache.ByHashAsync(TestHost.Workspace, Other.Hash, default)).Hash);
    }

    [Fact]
    public async Task Rules_that_another_process_activates_hold_when_what_is_known_has_its_age()
    {
        var cache = new RulebookCache(node.Blobs, new Elsewhere(node.Log), node.Time);
        await cache.ActiveAsync(TestHost.Workspace, default);
        await ActivateAsync();

        node.Time.Advance(RulebookCache.MaxAge);

        Assert.Equal(Other.Hash, (await cache.ActiveAsync(TestHost.Workspace, default)).Hash);
    }

    [Fact]
    public async Task Whoever_asks_while_the_log_is_read_waits_for_the_same_reading()
    {
        var log = new Elsewhere(node.Log);
        var cache = new RulebookCache(node.Blobs, log, node.Time);
        log.Hold();
        var asked = Enumerable.Range(0, 50).Select(_ => cache.ActiveAsync(TestHost.Workspace, default).AsTask()).ToArray();

        log.Release();

        Assert.All(await Task.WhenAll(asked), rules => Assert.Equal(DefaultRulebook.Load().Hash, rules.Hash));
        Assert.Equal(1, log.Reads);
    }

    private async Task ActivateAsync()
    {
        foreach (var (_, bytes) in Other.Bytes)
            await node.Blobs.PutAsync(TestHost.Workspace, bytes, default);
        await node.AcceptAsync(new CommandRequest(
            EntityKey.RulebookOf(TestHost.Workspace), new RulebookCommand.Activate(Other.Hash, Other.FileHashes), Admin, "activate"));
    }

    /// <summary>The log as another process has it, which is not told of commits here.</summary>
    private sealed class Elsewhere(IEventLog log) : ForwardingLog(log)
    {
        private TaskCompletionSource? held;

        public override event Action<Committed>? EventsCommitted
        {
            add { }
            remove { }
        }

        public int Reads { get; private set; }

        public void Hold() => held = new TaskCompletionSource();

        public void Release() => held!.SetResult();

        public override async ValueTask<IReadOnlyList<StoredEvent>> ReadEntityAsync(EntityKey entity, long afterVersion, CancellationToken cancellation)
        {
            Reads++;
            if (held is not null)
                await held.Task;
            return await base.ReadEntityAsync(entity, afterVersion, cancellation);
        }
    }
}
