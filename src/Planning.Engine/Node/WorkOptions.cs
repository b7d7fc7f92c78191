using Planning.Engine.Gates;
using Planning.Engine.Notifications;
using Planning.Engine.Pump;
using Planning.Engine.Reactors;
using Planning.Engine.Timers;

namespace Planning.Engine.Node;

/// <summary>Options of what runs beside the entities, the same in both hosts.</summary>
public record WorkOptions
{
    public PumpOptions Pump { get; init; } = new();
    public RecentOptions Recent { get; init; } = new();
    public ReactorOptions Reactors { get; init; } = new();
    public TimerOptions Timers { get; init; } = new();
    public GateOptions Gates { get; init; } = new();
    public NotificationOptions Notifications { get; init; } = new();

    /// <summary>Null when every value is in range, else which is not.</summary>
    public virtual string? Problem() =>
        Named(nameof(Pump), Pump.Problem()) ?? Named(nameof(Recent), Recent.Problem()) ?? Named(nameof(Reactors), Reactors.Problem())
        ?? Named(nameof(Timers), Timers.Problem()) ?? Named(nameof(Gates), Gates.Problem())
        ?? Named(nameof(Notifications), Notifications.Problem());

    protected static string? Named(string part, string? problem) => problem is null ? null : $"{part}: {problem}";
}
