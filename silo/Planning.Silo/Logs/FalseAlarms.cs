using Orleans;
using Serilog.Core;
using Serilog.Events;

namespace Planning.Silo.Logs;

/// <summary>Keeps out of the log what Orleans warns of and what is not so, or is meant.</summary>
internal sealed class FalseAlarms(TimeProvider time) : ILogEventFilter
{
    private const string Stall = "TimeSinceLastTick";

    private readonly long opened = time.GetTimestamp();

    public bool IsEnabled(LogEvent logEvent) => IdOf(logEvent) switch
    {
        // Workstation collection is chosen: a silo's memory stays near what its entities need.
        (int)ErrorCode.SiloGcWarning => false,
        // Its watchdog looks before it has noted its first round, and then counts from the start of the machine: a stall
        // that is older than this process.
        (int)ErrorCode.SiloHeartbeatTimerStalled =>
            !(logEvent.Properties.GetValueOrDefault(Stall) is ScalarValue { Value: TimeSpan stalled } && stalled > time.GetElapsedTime(opened)),
        _ => true,
    };

    private static int? IdOf(LogEvent line) =>
        line.Properties.GetValueOrDefault("EventId") is StructureValue id && id.Properties.FirstOrDefault(p => p.Name == "Id") is { Value: ScalarValue { Value: int number } }
            ? number : null;
}
