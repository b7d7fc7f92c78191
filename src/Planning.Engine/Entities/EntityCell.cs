using System.Text.Json;
using Planning.Domain;
using Planning.Engine.Json;
using Planning.Engine.Log;

namespace Planning.Engine.Entities;

/// <summary>One entity in memory. A host calls it for one command at a time.</summary>
public interface IEntityCell
{
    ValueTask<Answer> HandleAsync(CommandRequest request, CancellationToken cancellation);

    ValueTask<EntityState> ReadAsync(CancellationToken cancellation);

    /// <summary>Rough size in memory: the bytes of the history it was folded from, with the seen command ids.</summary>
    long ApproximateBytes { get; }
}

/// <summary>What a cell needs from its surroundings.</summary>
public sealed record CellServices(IEventLog Log, ISnapshotStore Snapshots, ISnapshotSink SnapshotWriter, IRulebooks Rulebooks, TimeProvider Time);

/// <summary>
/// The one command loop, in both hosts: load → decide → append → evolve → answer.
/// <list type="number">
/// <item>load: a snapshot and the events after it, once; again after a conflict, an unknown outcome or a new log epoch</item>
/// <item>repeated? the command id is known: the first answer again, or a refusal when the body differs</item>
/// <item>decide: pure, with the clock and the rules handed in</item>
/// <item>append exactly version + 1 …: the log's check is the guard, not this class</item>
/// <item>evolve and answer, after the commit</item>
/// </list>
/// </summary>
public sealed class EntityCell<TDecider, TState, TCommand, TEvent>(
    EntityKey entity, CellServices services, Func<TState, TCommand, ContentHash?>? pinnedRules = null) : IEntityCell
    where TDecider : IDecider<TState, TCommand, TEvent>
    where TState : class
    where TCommand : class
    where TEvent : class
{
    /// <summary>How often a command is decided anew after another writer was faster. More would mean two hosts fight over the entity.</summary>
    private const int MaxAttempts = 4;

    private CellMemory<TState>? memory;

    public long ApproximateBytes => memory?.ApproximateBytes ?? 0;

    public async ValueTask<EntityState> ReadAsync(CancellationToken cancellation)
    {
        var m = await LoadAsync(cancellation);
        return new EntityState(entity, m.Version, m.Position, m.State);
    }

    public async ValueTask<Answer> HandleAsync(CommandRequest request, CancellationToken cancellation)
    {
        var command = (TCommand)request.Command;
        for (var attempt = 1; ; attempt++)
        {
            var m = await LoadAsync(cancellation);
            if (m.Seen.TryGetValue(request.CommandId, out var seen))
                return Repeated(request, m, seen);
            if (request.IfVersion is { } expected && expected != m.Version)
                return new Answer.Rejected(Stale(expected, m.Version), m.Version);

            var rules = pinnedRules?.Invoke(m.State, command) is { } hash
                ? await services.Rulebooks.ByHashAsync(entity.Workspace, hash, cancellation)
                : entity.Kind == EntityKind.Rulebook ? null! : await services.Rulebooks.ActiveAsync(entity.Workspace, cancellation);
            var at = services.Time.GetUtcNow();
            var decision = TDecider.Decide(m.State, command, new Issued(request.By, at, rules));
            if (decision.Rejection is { } rejection)
                return new Answer.Rejected(rejection, m.Version);
            if (decision.Events.Count == 0)
                return new Answer.Accepted(entity, m.Version, m.Position, m.State, [], repeated: false);

            var append = ToAppend(request, m, decision.Events, at);
            switch (await services.Log.AppendAsync(append, cancellation))
            {
                case AppendOutcome.Committed committed:
                    Evolve(m, append, decision.Events, committed.Position);
                    return new Answer.Accepted(entity, m.Version, m.Position, m.State, (IReadOnlyList<object>)decision.Events, repeated: false);
                case AppendOutcome.Conflict when attempt < MaxAttempts:
                    memory = null;
                    break;
                case AppendOutcome.Conflict:
                    memory = null;
                    return Unavailable(m, "too_much_contention", "Another process keeps changing this entity. Try again.");
                case AppendOutcome.InvalidData invalid:
                    return new Answer.Rejected(Rejection.Invalid("data_not_storable", invalid.Message), m.Version);
                case AppendOutcome.Unavailable unavailable:
                    return Unavailable(m, "log_unavailable", unavailable.Message);
                case AppendOutcome.Unknown unknown:
                    memory = null;
                    return Unavailable(m, "outcome_unknown", $"{unknown.Message} Send the same command with the same Idempotency-Key again to learn the outcome.");
            }
        }
    }

    private async ValueTask<CellMemory<TState>> LoadAsync(CancellationToken cancellation)
    {
        if (memory is { } hot && hot.Epoch == services.Log.Epoch)
            return hot;
        memory = null;
        var epoch = services.Log.Epoch;
        var m = await CellMemory<TState>.FromSnapshotAsync(services.Snapshots, entity, TDecider.Initial, epoch, cancellation);
        foreach (var stored in await services.Log.ReadEntityAsync(entity, m.Version, cancellation))
            m.Apply(stored, state => TDecider.Evolve(state, (TEvent)EventCodec.Decode(stored)));
        return memory = m;
    }

    private Append ToAppend(CommandRequest request, CellMemory<TState> m, IReadOnlyList<TEvent> events, DateTimeOffset at)
    {
        var encoded = new NewEvent[events.Count];
        for (var i = 0; i < encoded.Length; i++)
            encoded[i] = EventCodec.Encode(events[i], Ids.New(Ids.Dated("evt_", at)));
        var meta = JsonSerializer.SerializeToUtf8Bytes(new EventMeta(request.By.Id, request.By.Kind, request.Trace), PlanningJson.Options);
        return new Append(entity, m.Version, request.CommandId, request.CommandHash, at, meta, encoded, m.Epoch);
    }

    private void Evolve(CellMemory<TState> m, Append append, IReadOnlyList<TEvent> events, long lastPosition)
    {
        for (var i = 0; i < events.Count; i++)
            m.Apply(append, append.Events[i], lastPosition - events.Count + 1 + i, TDecider.Evolve(m.State, events[i]));
        if (m.WantsSnapshot)
            services.SnapshotWriter.Offer(m.ToSnapshot(entity));
    }

    private Answer Repeated(CommandRequest request, CellMemory<TState> m, SeenCommand seen) =>
        seen.Hash == request.CommandHash
            ? new Answer.Accepted(entity, seen.Version, seen.Position, m.State, [], repeated: true)
            : new Answer.Rejected(
                Rejection.Invalid("idempotency_key_reused", $"The key {request.CommandId} was used for another request. Use a new Idempotency-Key for a new request."),
                m.Version);

    private static Rejection Stale(long expected, long version) => Rejection.Conflict(
        "version_mismatch", $"You have seen version {expected}; it is {version} now. Read it again, then repeat the change.");

    private static Answer.Rejected Unavailable(CellMemory<TState> m, string code, string message) =>
        new(Rejection.Unavailable(code, message), m.Version);
}

/// <summary>Who and in which trace; stored beside each event's data.</summary>
public sealed record EventMeta(PersonId Actor, ActorKind ActorKind, string? Trace);
