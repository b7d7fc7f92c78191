using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;

namespace Planning.Engine.Trackers;

/// <summary>Names a tracker: in the address of its webhooks, in its links, in the ids of the commands that it asks for. It never changes.</summary>
public readonly record struct TrackerId(string Value) : ITypedId<TrackerId>
{
    public static TrackerId From(string value) => new(value);
    public override string ToString() => Value;
}

/// <summary>What a tracker keeps about one refresh, whatever it calls such a thing.</summary>
/// <param name="Id">By which the tracker finds it; opaque to us.</param>
/// <param name="Name">By which people find it, such as <c>OPS-12</c>.</param>
public sealed record TrackedItem(string Id, string Name);

/// <summary>A refresh as people follow it elsewhere: all that an item shows of it, in our own words.</summary>
/// <param name="Environment">Its name.</param>
/// <param name="Destroys">What whoever approves it there must have read.</param>
public sealed record TrackedRefresh(
    RefreshId Id, string Environment, string Type, TimeWindow Window, RefreshStatus Status, string Reason, ImmutableSortedSet<Asset> Destroys, bool WithChildren,
    PersonId RequestedBy)
{
    public static TrackedRefresh Of(Refresh refresh, string environment) => new(
        refresh.Id, environment, refresh.Type, refresh.Window, refresh.Status, refresh.Reason, refresh.Scope.Destroys, refresh.Scope.WithChildren, refresh.RequestedBy);
}
