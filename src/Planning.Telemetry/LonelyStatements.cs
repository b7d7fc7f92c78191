using System.Diagnostics;
using OpenTelemetry;

namespace Planning.Telemetry;

/// <summary>Leaves out statements that belong to no trace: those that look every second or two for wake-ups, timers, the lease, members.</summary>
internal sealed class LonelyStatements : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == "Npgsql" && data.ParentSpanId == default)
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }
}
