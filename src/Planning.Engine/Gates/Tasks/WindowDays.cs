using System.Globalization;
using System.Runtime.InteropServices;
using Planning.Artifacts.Capacity;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Gates.Tasks;

/// <summary>Days of a plan's window, as places from 0; both ends are included.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DayRange(int From, int To)
{
    public bool Meets(DayRange other) => From <= other.To && other.From <= To;

    public DayRange Within(DayRange other) => new(Math.Max(From, other.From), Math.Min(To, other.To));
}

/// <summary>The days of a plan's window, and on which of them people work.</summary>
internal sealed class WindowDays
{
    /// <summary>Ten years. What is longer is no window of a plan.</summary>
    public const int Max = 3_660;

    private readonly DateOnly start;
    private readonly bool[] holiday;

    /// <param name="window">At most <see cref="Max"/> days.</param>
    /// <param name="free">Days on which nobody works.</param>
    public WindowDays(WindowOfPlan window, IEnumerable<ChangeFreeze> free)
    {
        (start, holiday) = (window.Start, new bool[window.End.DayNumber - window.Start.DayNumber + 1]);
        foreach (var days in free)
        {
            if (Clip(days.From, days.To) is { } range)
                holiday.AsSpan(range.From, range.To - range.From + 1).Fill(true);
        }
    }

    public DayRange All => new(0, holiday.Length - 1);

    /// <summary>The days of a span that lie within the window; null when none does.</summary>
    public DayRange? Clip(DateOnly from, DateOnly to)
    {
        var range = new DayRange(from.DayNumber - start.DayNumber, to.DayNumber - start.DayNumber).Within(All);
        return range.From <= range.To ? range : null;
    }

    public DateOnly DayAt(int place) => start.AddDays(place);

    /// <summary>On which days somebody works.</summary>
    /// <param name="weekdays">Days of the week.</param>
    /// <param name="absences">Days that are left out, once where they overlap.</param>
    public bool[] Working(IReadOnlyList<DayOfWeek> weekdays, IEnumerable<Absence> absences)
    {
        var works = new bool[holiday.Length];
        for (var day = 0; day < works.Length; day++)
            works[day] = !holiday[day] && weekdays.Contains(DayAt(day).DayOfWeek);
        foreach (var absence in absences)
        {
            if (Clip(absence.From, absence.To) is { } range)
                works.AsSpan(range.From, range.To - range.From + 1).Clear();
        }
        return works;
    }

    /// <summary>The weeks of the window, from Monday to Sunday, the first and the last cut where the window begins and ends.</summary>
    public IReadOnlyList<DayRange> Weeks()
    {
        var weeks = new List<DayRange>();
        for (var day = 0; day < holiday.Length;)
        {
            var sunday = day + ((7 - (int)DayAt(day).DayOfWeek) % 7);
            weeks.Add(new DayRange(day, Math.Min(sunday, holiday.Length - 1)));
            day = sunday + 1;
        }
        return weeks;
    }

    /// <summary>As ISO 8601 writes the week that a day lies in: 2027-W03.</summary>
    public string WeekOf(int place)
    {
        var day = DayAt(place).ToDateTime(TimeOnly.MinValue);
        return string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(day):0000}-W{ISOWeek.GetWeekOfYear(day):00}");
    }
}
