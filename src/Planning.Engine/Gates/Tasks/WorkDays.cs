using Planning.Artifacts.Backlogs;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Gates.Tasks;

/// <summary>
/// The working days of a plan: Monday to Friday, without the days of the calendars that are named as holidays. They are
/// numbered from 0, so that counting and adding need no walk over days.
/// </summary>
internal sealed class WorkDays
{
    private const int WeekdaysPerWeek = 5;
    private const int DaysPerWeek = 7;

    /// <summary>Runs of weekdays that are holidays, apart and in order: the first one's number, the number after the last, those before the run.</summary>
    private readonly List<(int From, int To, int Before)> holidays = [];

    public WorkDays(IEnumerable<ChangeFreeze> free)
    {
        var total = 0;
        foreach (var days in free.OrderBy(f => f.From))
        {
            var from = Math.Max(Weekdays(days.From.DayNumber), holidays.Count == 0 ? 0 : holidays[^1].To);
            var to = Weekdays(days.To.DayNumber + 1);
            if (to <= from)
                continue;
            holidays.Add((from, to, total));
            total += to - from;
        }
    }

    /// <param name="names">Calendars of the rulebook; a name that is none has no days.</param>
    public static WorkDays Of(Rulebook rules, IReadOnlyCollection<string> names) =>
        new(rules.Calendars.Where(c => names.Contains(c.Name)).SelectMany(c => c.Freezes));

    public bool Contains(DateOnly day) => Count(day, day) == 1;

    /// <summary>Working days from one day to another, both included; 0 when the second comes before the first.</summary>
    public int Count(DateOnly from, DateOnly to) => to < from ? 0 : Before(to.DayNumber + 1) - Before(from.DayNumber);

    /// <summary>The last of so many days that begin with a day, or with the first working day after it.</summary>
    public DateOnly LastOf(DateOnly start, int days, DayCount count) => count == DayCount.Calendar
        ? Day((long)start.DayNumber + days - 1)
        : At(Before(start.DayNumber) + days - 1);

    /// <summary>The first of so many days that end with a day, or with the last working day before it.</summary>
    public DateOnly FirstOf(DateOnly end, int days, DayCount count) => count == DayCount.Calendar
        ? Day((long)end.DayNumber - days + 1)
        : At(Before(end.DayNumber + 1) - days);

    /// <summary>Working days before a day.</summary>
    private int Before(int dayNumber)
    {
        var weekdays = Weekdays(dayNumber);
        return weekdays - HolidaysBefore(weekdays);
    }

    /// <summary>The working day with a number; the calendar's ends stand for what lies beyond them.</summary>
    private DateOnly At(int number)
    {
        var weekday = Math.Max(number, 0);
        // Each holiday that is passed moves the day on, perhaps past further ones.
        while (Math.Max(number, 0) + HolidaysBefore(weekday + 1) is var next && next > weekday)
            weekday = next;
        return Day(((long)weekday / WeekdaysPerWeek * DaysPerWeek) + (weekday % WeekdaysPerWeek));
    }

    private int HolidaysBefore(int weekday)
    {
        var (low, high) = (0, holidays.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (holidays[middle].From < weekday)
                low = middle + 1;
            else
                high = middle;
        }
        return low == 0 ? 0 : holidays[low - 1].Before + Math.Min(weekday, holidays[low - 1].To) - holidays[low - 1].From;
    }

    /// <summary>Days from Monday to Friday before a day; day 0 is a Monday.</summary>
    private static int Weekdays(int dayNumber) => (dayNumber / DaysPerWeek * WeekdaysPerWeek) + Math.Min(dayNumber % DaysPerWeek, WeekdaysPerWeek);

    private static DateOnly Day(long number) => DateOnly.FromDayNumber((int)Math.Clamp(number, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber));
}
