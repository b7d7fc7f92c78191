using Planning.Domain;

namespace Planning.Engine.Entities;

/// <summary>One command on its way to its entity.</summary>
/// <param name="Command">A command record of the entity's domain type.</param>
/// <param name="By">From the credential.</param>
/// <param name="CommandId">Repeating it is answered as the first time, with no new event.</param>
/// <param name="CommandHash">Of the body; see <see cref="Ids.HashOf"/>.</param>
/// <param name="IfVersion">The version the caller has seen; another one refuses the command.</param>
/// <param name="Trace">W3C trace parent; stored with the events.</param>
public sealed record CommandRequest(
    EntityKey Entity, object Command, Actor By, string CommandId, long CommandHash = 0, long? IfVersion = null, string? Trace = null);

/// <summary>What a command came to.</summary>
public abstract record Answer
{
    private Answer() { }

    /// <param name="Version">Of the entity after the command.</param>
    /// <param name="Position">Of the command's last event, or of the entity's last when nothing happened.</param>
    /// <param name="StateThen">See <see cref="State"/>; what another process answered is read when somebody looks at it, and many do not.</param>
    /// <param name="EventsThen">See <see cref="Events"/>.</param>
    public sealed record Accepted(EntityKey Entity, long Version, long Position, Lazy<object> StateThen, Lazy<IReadOnlyList<object>> EventsThen, bool Repeated) : Answer
    {
        public Accepted(EntityKey entity, long version, long position, object state, IReadOnlyList<object> events, bool repeated)
            : this(entity, version, position, new Lazy<object>(state), new Lazy<IReadOnlyList<object>>(events), repeated) { }

        /// <summary>The entity's state after the command; for a repeated one the present state.</summary>
        public object State => StateThen.Value;

        /// <summary>What happened now; empty for a repeated command.</summary>
        public IReadOnlyList<object> Events => EventsThen.Value;
    }

    public sealed record Rejected(Rejection Rejection, long Version) : Answer;
}

/// <summary>An entity's state as of a version.</summary>
/// <param name="Position">Of its last event; 0 for an entity without history.</param>
public sealed record EntityState(EntityKey Entity, long Version, long Position, object State)
{
    public bool Exists => Version > 0;
}

/// <summary>
/// Runs entities: one command of an entity at a time, many entities at once. The two hosts differ in where, not in what.
/// </summary>
public interface IEntityHost
{
    /// <summary>Durable when answered. Refusals and overload are answers.</summary>
    /// <exception cref="Log.LogUnavailableException">The entity's history cannot be read now.</exception>
    ValueTask<Answer> SendAsync(CommandRequest request, CancellationToken cancellation);

    ValueTask<EntityState> ReadAsync(EntityKey entity, CancellationToken cancellation);
}
