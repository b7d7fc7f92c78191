using System.Text.Json;
using Planning.Domain;
using Planning.Engine.Json;
using Planning.Engine.Log;

namespace Planning.Engine.Entities;

/// <summary>A command that was carried out: its body's hash and where its last event lies.</summary>
public sealed record SeenCommand(long Hash, long Version, long Position);

/// <summary>What a hot entity keeps: its state, how far it has read, and the commands it has seen.</summary>
internal sealed class CellMemory<TState>(TState initial, string epoch) where TState : class
{
    private const int EventsPerSnapshot = 100;
    private const int BytesPerSeenCommand = 160;

    private long snapshotVersion;
    private long stateBytes;

    public TState State { get; private set; } = initial;
    public long Version { get; private set; }
    public long Position { get; private set; }
    public string Epoch { get; } = epoch;
    public Dictionary<string, SeenCommand> Seen { get; private set; } = [];

    /// <summary>Ever rarer as the history grows, so that snapshots cost a fixed share of the writing.</summary>
    public bool WantsSnapshot => Version - snapshotVersion >= Math.Max(EventsPerSnapshot, snapshotVersion / 4);

    public long ApproximateBytes => stateBytes + (Seen.Count * BytesPerSeenCommand);

    public static async ValueTask<CellMemory<TState>> FromSnapshotAsync(
        ISnapshotStore snapshots, EntityKey entity, TState initial, string epoch, CancellationToken cancellation)
    {
        var m = new CellMemory<TState>(initial, epoch);
        if (await snapshots.LoadAsync(entity, EntityKinds.FoldVersion, cancellation) is not { } snapshot)
            return m;
        var kept = JsonSerializer.Deserialize<Snapshot>(snapshot.State.Span, PlanningJson.Options)!;
        (m.State, m.Version, m.Position, m.Seen) = (kept.State, snapshot.Version, kept.Position, kept.Seen);
        (m.snapshotVersion, m.stateBytes) = (snapshot.Version, snapshot.State.Length);
        return m;
    }

    public void Apply(StoredEvent stored, Func<TState, TState> evolve)
    {
        State = evolve(State);
        Remember(stored.CommandId, stored.CommandHash, stored.Version, stored.Position, stored.Data.Length);
    }

    public void Apply(Append append, NewEvent happened, long position, TState next)
    {
        State = next;
        Remember(append.CommandId, append.CommandHash, Version + 1, position, happened.Data.Length);
    }

    public EntitySnapshot ToSnapshot(EntityKey entity)
    {
        snapshotVersion = Version;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(new Snapshot(State, Position, Seen), PlanningJson.Options);
        stateBytes = bytes.Length;
        return new EntitySnapshot(entity, EntityKinds.FoldVersion, Version, bytes);
    }

    private void Remember(string commandId, long hash, long version, long position, int bytes)
    {
        (Version, Position) = (version, position);
        stateBytes += bytes;
        Seen[commandId] = new SeenCommand(hash, version, position);
    }

    private sealed record Snapshot(TState State, long Position, Dictionary<string, SeenCommand> Seen);
}
