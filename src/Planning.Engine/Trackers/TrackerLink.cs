using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Refreshes;

namespace Planning.Engine.Trackers;

/// <summary>Which item of a tracker stands for a refresh, what it shows, and what was heard of it.</summary>
public sealed record TrackerLink(WorkspaceId Workspace, TrackerId Tracker, RefreshId Refresh)
{
    /// <summary>Deliveries that are remembered by their id; older ones are told by their revision.</summary>
    public const int MaxEnded = 20;

    /// <summary>Null until one was made.</summary>
    public TrackedItem? Item { get; init; }

    /// <summary>The version of the refresh that the item shows; 0 before it shows any.</summary>
    public long ShownVersion { get; init; }

    /// <summary>What the item says that the refresh destroys: to what an approval given there consents.</summary>
    public ImmutableSortedSet<Asset> ShownDestroys { get; init; } = [];

    /// <summary>Who is at the item now, so that no two make one; null when nobody is.</summary>
    public string? BusyWith { get; init; }

    /// <summary>When whoever is at it has done it or died.</summary>
    public DateTimeOffset BusyUntil { get; init; }

    /// <summary>The newest that was heard.</summary>
    public long HeardRevision { get; init; }

    /// <summary>The delivery that is being carried out; null when none is.</summary>
    public string? Begun { get; init; }

    /// <summary>The last deliveries that were carried out or found to need nothing.</summary>
    public ImmutableArray<string> Ended { get; init; } = [];

    /// <summary>Of the stored link; 0 for one that is not stored.</summary>
    public long Revision { get; init; }

    public bool IsBusyFor(string other, DateTimeOffset now) => BusyWith is not null && BusyWith != other && now < BusyUntil;

    public TrackerLink Take(string by, DateTimeOffset until) => this with { BusyWith = by, BusyUntil = until };

    public TrackerLink Release() => this with { BusyWith = null, BusyUntil = default };

    public SignalOrder OrderOf(TrackerSignal signal) =>
        Ended.Contains(signal.Delivery, StringComparer.Ordinal) ? SignalOrder.Repeated
        : Begun == signal.Delivery ? SignalOrder.Unfinished
        : signal.Revision < HeardRevision ? SignalOrder.Overtaken
        : SignalOrder.Next;

    public TrackerLink Begin(TrackerSignal signal) => this with { HeardRevision = signal.Revision, Begun = signal.Delivery };

    public TrackerLink End(TrackerSignal signal) => this with
    {
        Begun = Begun == signal.Delivery ? null : Begun,
        Ended = [.. Ended.Add(signal.Delivery).TakeLast(MaxEnded)],
    };
}

/// <summary>Where a signal stands among those that were heard of its item.</summary>
public enum SignalOrder
{
    Next = 1,

    /// <summary>It was begun, and its end is not known: it is carried out again.</summary>
    Unfinished,

    /// <summary>It was carried out before.</summary>
    Repeated,

    /// <summary>Something newer was heard before it.</summary>
    Overtaken,
}
