using Planning.Contracts;
using Planning.Domain.Cycles;
using Planning.Engine.Reads;

namespace Planning.Gateway.Mapping;

/// <summary>Cycles on the wire.</summary>
internal static class CycleViews
{
    public static CycleItem Of(CycleRow row) => new(
        row.Id.Value, row.Name, row.StartsOn, row.EndsOn, row.Open, row.OpenedAt, row.NextCycle?.Value, row.ClosedAt);

    public static CycleView Of(Cycle cycle, CycleEvent.CycleOpened opened, long version, long position) => new(
        opened.CycleId.Value,
        opened.Name,
        opened.StartsOn,
        opened.EndsOn,
        opened.Goals,
        cycle.IsOpen,
        version,
        position,
        opened.Follows?.Value,
        cycle.Closed?.ClosedOn,
        cycle.Closed?.CarriedOver.Select(p => p.Value).ToArray(),
        cycle.Closed?.NextCycle?.Value,
        cycle.Closed?.Notes?.Value);
}
