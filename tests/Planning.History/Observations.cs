namespace Planning.History;

/// <summary>Everything that is known at the end of a run: what clients saw, what the log holds, what consumers did.</summary>
/// <param name="Log">All of it, in the order in which it was read: partition by partition, ascending.</param>
public sealed record Observations(
    IReadOnlyCollection<ClientCommand> Commands, IReadOnlyList<LoggedEvent> Log, IReadOnlyCollection<ConsumerEffects> Effects);

/// <summary>One command as its client saw it, over all tries under the same id.</summary>
/// <param name="Id">The command id that the log stores with the events.</param>
/// <param name="Entity">As in <see cref="LoggedEvent.Entity"/>; null where the client does not know it.</param>
/// <param name="EventCount">How many events carrying it out leaves; null where that depends.</param>
public sealed record ClientCommand(string Id, string? Entity, Verdict Verdict, int? EventCount = null);

/// <summary>What the client knows about a command at the end.</summary>
public abstract record Verdict
{
    private Verdict() { }

    /// <param name="Place">Of the command's last event, as the answer said; null for an answer that tells of a later event.</param>
    public sealed record Acknowledged(Place? Place) : Verdict;

    /// <param name="Code">Why.</param>
    public sealed record Refused(string Code) : Verdict;

    /// <summary>No answer ever came: it was carried out once, or not at all.</summary>
    public sealed record Unknown : Verdict;
}

public sealed record Place(long Version, long Position);

/// <param name="Entity">Workspace, kind and id.</param>
/// <param name="At">The same for all events of one append, and seldom for those of two.</param>
public sealed record LoggedEvent(
    int Partition, long Position, string Entity, long Version, string EventId, string Type, string CommandId, DateTimeOffset At);

/// <summary>What a consumer made of the log.</summary>
/// <param name="Expected">Ids of the events that call for an effect.</param>
/// <param name="Found">Ids of the events whose effect was found, once for each effect.</param>
public sealed record ConsumerEffects(string Consumer, IReadOnlyCollection<string> Expected, IReadOnlyCollection<string> Found);
