using System.Collections.Concurrent;
using Planning.Domain;
using Planning.Domain.Rulebooks;
using Planning.Engine.Blobs;
using Planning.Engine.Entities;
using Planning.Engine.Log;

namespace Planning.Engine.Rulebooks;

/// <summary>
/// Rulebooks in memory. A rulebook never changes under its hash; which one is active is read again when the log says that
/// another was activated, and at least every <see cref="MaxAge"/> in case another process did not say so. It is read from the
/// log and not asked of the rulebook's entity: else every command of the cluster waited for the silo that runs that one.
/// </summary>
public sealed class RulebookCache : IRulebooks
{
    private readonly IBlobStore blobs;
    private readonly IEventLog log;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<WorkspaceId, Known> active = new();
    private readonly ConcurrentDictionary<WorkspaceId, Lazy<Task<Known>>> reading = new();
    private readonly ConcurrentDictionary<(WorkspaceId, ContentHash), Rulebook> byHash = new();

    public RulebookCache(IBlobStore blobs, IEventLog log, TimeProvider time)
    {
        (this.blobs, this.log, this.time) = (blobs, log, time);
        log.EventsCommitted += Forget;
        log.EpochChanged += _ => active.Clear();
    }

    public static TimeSpan MaxAge { get; } = TimeSpan.FromSeconds(2);

    public async ValueTask<Rulebook> ActiveAsync(WorkspaceId workspace, CancellationToken cancellation)
    {
        if (active.TryGetValue(workspace, out var known) && time.GetElapsedTime(known.ReadAt) < MaxAge)
            return known.Rules;
        // Whoever comes while it is being read waits for the same reading.
        var shared = reading.GetOrAdd(workspace, _ => new Lazy<Task<Known>>(() => ReadOnAsync(workspace)));
        try
        {
            return (await shared.Value.WaitAsync(cancellation)).Rules;
        }
        finally
        {
            reading.TryRemove(KeyValuePair.Create(workspace, shared));
        }
    }

    public async ValueTask<Rulebook> ByHashAsync(WorkspaceId workspace, ContentHash hash, CancellationToken cancellation)
    {
        if (hash == DefaultRulebook.Load().Hash)
            return DefaultRulebook.Load();
        if (byHash.TryGetValue((workspace, hash), out var known))
            return known;
        var history = (await ReadOnAsync(workspace).WaitAsync(cancellation)).History;
        return history.All.TryGetValue(hash.Value, out var activated)
            ? await ReadAsync(workspace, activated, cancellation)
            : throw new KeyNotFoundException($"No rulebook with the hash {hash} was ever active in workspace {workspace}.");
    }

    /// <summary>What was activated since the last time, or everything when that was of another log.</summary>
    private async Task<Known> ReadOnAsync(WorkspaceId workspace)
    {
        var (now, epoch) = (time.GetTimestamp(), log.Epoch);
        var (history, version) = active.TryGetValue(workspace, out var known) && known.Epoch == epoch ? (known.History, known.Version) : (RulebookDecider.Initial, 0);
        foreach (var stored in await log.ReadEntityAsync(EntityKey.RulebookOf(workspace), version, CancellationToken.None))
            (history, version) = (RulebookDecider.Evolve(history, (RulebookEvent)EventCodec.Decode(stored)), stored.Version);
        var rules = history.Active is { } a ? await ReadAsync(workspace, a, CancellationToken.None) : DefaultRulebook.Load();
        return active[workspace] = new Known(rules, history, version, epoch, now);
    }

    private async ValueTask<Rulebook> ReadAsync(WorkspaceId workspace, RulebookEvent.RulebookActivated activated, CancellationToken cancellation)
    {
        if (byHash.TryGetValue((workspace, activated.RulebookHash), out var known))
            return known;
        var files = new List<KeyValuePair<string, ReadOnlyMemory<byte>>>();
        foreach (var (name, hash) in activated.Files)
        {
            var bytes = await blobs.GetAsync(workspace, hash, cancellation)
                ?? throw new LogUnavailableException($"The file {name} of rulebook {activated.RulebookHash} is missing or damaged. Restore it from the backup copy.");
            files.Add(KeyValuePair.Create(name, bytes));
        }
        var read = RulebookReader.Read(RulebookFiles.Of(files));
        var rules = read.Rulebook
            ?? throw new LogUnavailableException($"This release cannot read rulebook {activated.RulebookHash}: {read.Findings[0].Message} Activate a corrected one.");
        return byHash[(workspace, activated.RulebookHash)] = rules;
    }

    private void Forget(Committed committed)
    {
        foreach (var e in committed.Events)
        {
            if (e.Entity.Kind != EntityKind.Rulebook)
                continue;
            active.TryRemove(e.Entity.Workspace, out _);
            reading.TryRemove(e.Entity.Workspace, out _);
        }
    }

    private sealed record Known(Rulebook Rules, RulebookHistory History, long Version, string Epoch, long ReadAt);
}
