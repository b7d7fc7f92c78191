using Planning.Contracts;
using Planning.Domain.Cycles;
using Planning.Engine.Digests;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Mapping;

/// <summary>KPIs of open cycles on the wire, rounded as in digests.</summary>
internal static class KpiViews
{
    public static CycleKpisView Of(CycleKpis kpis) => new(
        kpis.Cycle.Value, kpis.Name, kpis.StartsOn, kpis.EndsOn, kpis.Position, kpis.At, kpis.RulebookHash.Value, [.. kpis.Kpis.Select(Of)]);

    private static KpiView Of(KpiReading kpi) => new(
        kpi.Name, kpi.Description, kpi.Formula, kpi.Unit, Numbers.Stored(kpi.Target), Wire.Name(kpi.Direction), Wire.Name(kpi.Status),
        [.. kpi.Inputs.Select(i => new KpiInputView(i.Name, i.Events, Numbers.Stored(i.Value), i.Values is { } values ? [.. values.Select(v => Numbers.Stored(v))] : null))],
        Numbers.Stored(kpi.Value));
}
