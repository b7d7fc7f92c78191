using System.Collections.Frozen;
using Planning.Engine.Entities;
using Planning.Engine.Log;
using Planning.Engine.Reads;
using Planning.Domain;
using Planning.Gateway.Errors;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Events;

/// <summary>
/// Which events a caller wants to see. Those of other workspaces it never does; those of environments and
/// their refreshes, which belong to groups, only a caller does who sees all groups.
/// </summary>
internal sealed record EventFilter(Viewer Viewer, FrozenSet<string>? Types, string? Entity)
{
    public static Parsed<EventFilter> Of(Viewer viewer, string? types, string? entity)
    {
        var wanted = types?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (wanted?.FirstOrDefault(t => !EventEnvelopes.IsKnown(t)) is { } unknown)
            return Problems.Unprocessable("filter_invalid", $"There is no event type '{unknown}'; there are {string.Join(", ", EventCodec.Types.Keys.Order(StringComparer.Ordinal))}.");
        return new EventFilter(viewer, wanted is null or [] ? null : wanted.ToFrozenSet(StringComparer.Ordinal), string.IsNullOrEmpty(entity) ? null : entity);
    }

    public bool Wants(StoredEvent e) =>
        e.Entity.Workspace == Viewer.Workspace && (Viewer.SeesAll || e.Entity.Kind is not (EntityKind.EnvironmentTree or EntityKind.Refresh))
        && (Types is null || Types.Contains(e.Type)) && (Entity is null || e.Entity.Id == Entity);
}
