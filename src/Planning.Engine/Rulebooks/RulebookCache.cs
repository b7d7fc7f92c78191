using System.Collections.Concurrent;
using Planning.Domain;
using Planning.Domain.Rulebooks;
using Planning.Engine.Blobs;
using Planning.Engine.Entities;
using Planning.Engine.Log;

namespace Planning.Engine.Rulebooks;

/// <summary>
/// Rulebooks in memory. A rulebook never changes under its hash; which one is active is asked again when the log says
/// that another was activated, and at least every <see cref="MaxAge"/> in case another process did not say so.
/// </summary>
public sealed class RulebookCache : IRulebooks
{
    private readonly Func<IEntityHost> host;
    private readonly IBlobStore blobs;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<WorkspaceId, (Rulebook Rules, long ReadAt)> active = new();
    private readonly ConcurrentDictionary<(WorkspaceId, ContentHash), Rulebook> byHash = new();

    /// <param name="host">Asked late: the host's cells use this cache, and this cache reads the rulebook's cell.</param>
    public RulebookCache(Func<IEntityHost> host, IBlobStore blobs, IEventLog log, TimeProvider time)
    {
        (this.host, this.blobs, this.time) = (host, blobs, time);
        log.EventsCommitted += Forget;
        log.EpochChanged += _ => active.Clear();
    }

    public static TimeSpan MaxAge { get; } = TimeSpan.FromSeconds(2);

    public async ValueTask<Rulebook> ActiveAsync(WorkspaceId workspace, CancellationToken cancellation)
    {
        var now = time.GetTimestamp();
        if (active.TryGetValue(workspace, out var known) && time.GetElapsedTime(known.ReadAt, now) < MaxAge)
            return known.Rules;
        var history = await HistoryAsync(workspace, cancellation);
        var rules = history.Active is { } a ? await ReadAsync(workspace, a, cancellation) : DefaultRulebook.Load();
        active[workspace] = (rules, now);
        return rules;
    }

    public async ValueTask<Rulebook> ByHashAsync(WorkspaceId workspace, ContentHash hash, CancellationToken cancellation)
    {
        if (hash == DefaultRulebook.Load().Hash)
            return DefaultRulebook.Load();
        if (byHash.TryGetValue((workspace, hash), out var known))
            return known;
        var history = await HistoryAsync(workspace, cancellation);
        return history.All.TryGetValue(hash.Value, out var activated)
            ? await ReadAsync(workspace, activated, cancellation)
            : throw new KeyNotFoundException($"No rulebook with the hash {hash} was ever active in workspace {workspace}.");
    }

    private async ValueTask<RulebookHistory> HistoryAsync(WorkspaceId workspace, CancellationToken cancellation) =>
        (RulebookHistory)(await host().ReadAsync(EntityKey.RulebookOf(workspace), cancellation)).State;

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
        var reading = RulebookReader.Read(RulebookFiles.Of(files));
        var rules = reading.Rulebook
            ?? throw new LogUnavailableException($"This release cannot read rulebook {activated.RulebookHash}: {reading.Findings[0].Message} Activate a corrected one.");
        return byHash[(workspace, activated.RulebookHash)] = rules;
    }

    private void Forget(Committed committed)
    {
        foreach (var e in committed.Events)
        {
            if (e.Entity.Kind == EntityKind.Rulebook)
                active.TryRemove(e.Entity.Workspace, out _);
        }
    }
}
