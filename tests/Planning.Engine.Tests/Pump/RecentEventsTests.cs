using Planning.Engine.Log;
using Planning.Engine.Pump;

namespace Planning.Engine.Tests.Pump;

public sealed class RecentEventsTests
{
    private readonly TestHost test = new();

    [Theory]
    [InlineData(1_000, 1 << 20, 10)]
    [InlineData(4, 1 << 20, 4)]
    [InlineData(1, 1 << 20, 1)]
    [InlineData(1_000, 1, 0)]
    public async Task What_is_within_the_bounds_comes_from_memory_and_all_else_from_the_log(int maxEvents, long maxBytes, int kept)
    {
        var log = new CountingLog(test.Memory);
        using var recent = new RecentEvents(log, new RecentOptions { MaxEvents = maxEvents, MaxBytes = maxBytes }, TimeProvider.System);
        for (var i = 1; i <= 10; i++)
            await test.AcceptAsync(TestHost.Create($"pln_{i}"));

        for (var after = 0; after < 10; after++)
        {
            var events = await recent.ReadAsync(0, after, 100, look: false, default);
            Assert.Equal(Enumerable.Range(after + 1, 10 - after).Select(i => (long)i), events.Select(e => e.Position));
        }

        Assert.Equal(10 - kept, log.Reads);
    }

    [Fact]
    public async Task After_a_gap_memory_holds_only_what_came_behind_it()
    {
        var log = new CountingLog(test.Memory);
        for (var i = 1; i <= 3; i++)
            await test.AcceptAsync(TestHost.Create($"pln_{i}"));
        using var recent = new RecentEvents(log, new RecentOptions { MaxEvents = 2 }, TimeProvider.System);
        await test.AcceptAsync(TestHost.Create("pln_4"));

        Assert.Equal([4], (await recent.ReadAsync(0, 3, 100, look: false, default)).Select(e => e.Position));
        Assert.Equal(0, log.Reads);
        Assert.Equal([3, 4], (await recent.ReadAsync(0, 2, 100, look: false, default)).Select(e => e.Position));
        Assert.Equal(1, log.Reads);
    }

    /// <summary>As on a cluster, where each silo commits events of its own between those of the others.</summary>
    [Fact]
    public async Task What_another_process_wrote_is_read_once_for_all_consumers()
    {
        var log = new ForeignLog(test.Memory);
        using var recent = new RecentEvents(log, new RecentOptions(), TimeProvider.System);
        await test.AcceptAsync(TestHost.Create("pln_1"));
        log.Hears = false;
        await test.AcceptAsync(TestHost.Create("pln_2"));
        log.Hears = true;
        await test.AcceptAsync(TestHost.Create("pln_3"));

        var looks = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => recent.WaitBeyondAsync(0, 1, Until.Limit, default)));
        var read = await Task.WhenAll(looks.Select(look => recent.ReadAsync(0, 1, 100, look, default).AsTask()));

        Assert.All(read, events => Assert.Equal([2, 3], events.Select(e => e.Position)));
        Assert.Equal(1, log.Reads);
        await test.AcceptAsync(TestHost.Create("pln_4"));
        Assert.Equal([4], (await recent.ReadAsync(0, 3, 100, look: false, default)).Select(e => e.Position));
        Assert.Equal(1, log.Reads);
    }

    /// <summary>A log that is not told of some commits, as if another process had made them.</summary>
    private sealed class ForeignLog : ForwardingLog
    {
        public ForeignLog(IEventLog log) : base(log) => log.EventsCommitted += committed =>
        {
            if (Hears)
                EventsCommitted?.Invoke(committed);
        };

        public override event Action<Committed>? EventsCommitted;

        public bool Hears { get; set; } = true;

        public int Reads { get; private set; }

        public override ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(int partition, long afterPosition, int maxEvents, CancellationToken cancellation)
        {
            Reads++;
            return base.ReadAsync(partition, afterPosition, maxEvents, cancellation);
        }
    }

    /// <summary>Counts what is read from the log itself.</summary>
    private sealed class CountingLog(IEventLog log) : ForwardingLog(log)
    {
        public int Reads { get; private set; }

        public override ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(int partition, long afterPosition, int maxEvents, CancellationToken cancellation)
        {
            Reads++;
            return base.ReadAsync(partition, afterPosition, maxEvents, cancellation);
        }
    }
}
