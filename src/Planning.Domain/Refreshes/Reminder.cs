using Planning.Domain.Environments;

namespace Planning.Domain.Refreshes;

/// <summary>What a scheduled refresh is reminded of; each once for each slot it holds.</summary>
public enum Reminder
{
    DayBefore = 1,
    HourBefore,
    Due,

    /// <summary>Its window has ended, and nobody has started it.</summary>
    Missed,
}

public static class Reminders
{
    public static DateTimeOffset At(Reminder reminder, TimeWindow window) => reminder switch
    {
        Reminder.DayBefore => window.From.AddDays(-1),
        Reminder.HourBefore => window.From.AddHours(-1),
        Reminder.Due => window.From,
        Reminder.Missed => window.To,
        _ => throw new System.Diagnostics.UnreachableException($"There is no reminder {reminder}."),
    };

    /// <summary>Those of a window that still lie ahead: nobody is told today that yesterday was the day before.</summary>
    public static IEnumerable<(Reminder Reminder, DateTimeOffset At)> Ahead(TimeWindow window, DateTimeOffset now) =>
        Enum.GetValues<Reminder>().Select(reminder => (reminder, At(reminder, window))).Where(r => r.Item2 > now);
}
