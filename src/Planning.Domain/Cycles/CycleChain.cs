namespace Planning.Domain.Cycles;

/// <summary>One cycle as far as the log has told of it.</summary>
internal sealed class CycleTrack(CycleEvent.CycleOpened opened, EventRef openedBy)
{
    public CycleEvent.CycleOpened Opened => opened;
    public CycleEvent.CycleClosed? Closed { get; set; }
    public EventRef OpenedBy => openedBy;
    public EventRef? ClosedBy { get; set; }

    /// <summary>The first cycle that was opened to follow this one.</summary>
    public CycleId? Follower { get; set; }

    public CycleId? Successor => Closed?.NextCycle ?? Follower;

    public IEnumerable<EventRef> Events => ClosedBy is { } closedBy ? [OpenedBy, closedBy] : [OpenedBy];
}

/// <summary>Which cycle follows which. What a plan does after its cycle has closed counts in the one that follows.</summary>
internal sealed class CycleChain
{
    private readonly Dictionary<CycleId, CycleTrack> cycles = [];

    public CycleTrack this[CycleId id] => cycles[id];

    public CycleTrack? Find(CycleId? id) => id is { } known ? cycles.GetValueOrDefault(known) : null;

    public void Open(CycleEvent.CycleOpened opened, EventRef by)
    {
        cycles[opened.CycleId] = new CycleTrack(opened, by);
        if (Find(opened.Follows) is { } before)
            before.Follower ??= opened.CycleId;
    }

    /// <summary>The cycle in which something counts that belongs to <paramref name="home"/>; null when that is closed and nothing follows yet.</summary>
    public CycleId? OwnerOf(CycleId home)
    {
        var path = Walk(home).ToArray();
        return path.Length > 0 && cycles.GetValueOrDefault(path[^1])?.Closed is null ? path[^1] : null;
    }

    /// <summary>From a cycle to the one where its late events count; never in circles.</summary>
    public IEnumerable<CycleId> Walk(CycleId home)
    {
        var seen = new HashSet<CycleId>();
        for (CycleId? at = home; at is { } id && seen.Add(id); at = Find(id) is { Closed: not null } closed ? closed.Successor : null)
            yield return id;
    }
}
