using System.Runtime.InteropServices;

namespace Planning.Engine.Gates.Tasks;

/// <summary>
/// The effort of tasks, on the days on which it falls: those of the task within the plan's window, else the whole window. It
/// is spread in proportion to what those who carry it can do on each day.
/// </summary>
internal sealed class Effort
{
    private readonly Dictionary<string, Carrier> carriers;
    private readonly Carrier everybody;
    private readonly DayRange all;
    private readonly IReadOnlyList<DayRange> weeks;
    private readonly List<(PlannedTask Task, Carrier By, DayRange On)> parts = [];
    private readonly Dictionary<Carrier, Dictionary<DayRange, decimal>> sums = [];
    private readonly Dictionary<Carrier, Fraction[]> byWeek = [];

    /// <param name="carriers">People and teams, by id.</param>
    /// <param name="everybody">Carries what nobody is named for.</param>
    public Effort(IEnumerable<PlannedTask> tasks, Dictionary<string, Carrier> carriers, Carrier everybody, WindowDays days, WorkDays workDays)
    {
        (this.carriers, this.everybody, all, weeks) = (carriers, everybody, days.All, days.Weeks());
        foreach (var task in tasks)
        {
            if (task.Task.EffortPoints is not ({ } points and > 0))
                continue;
            var by = task.Task.Assignee is { } assignee ? carriers.GetValueOrDefault(assignee, everybody) : everybody;
            var on = Schedule.OwnSpan(task.Task, workDays) is { } span ? days.Clip(span.First, span.Last) ?? all : all;
            parts.Add((task, by, on));
            if (!sums.TryGetValue(by, out var byDays))
                sums[by] = byDays = [];
            CollectionsMarshal.GetValueRefOrAddDefault(byDays, on, out _) += points;
        }
    }

    /// <summary>Points of all tasks that somebody has, by name or as a part of a team.</summary>
    public decimal TotalOf(Carrier carrier) => Assigned(carrier).Sum(by => sums.GetValueOrDefault(by)?.Values.Sum() ?? 0);

    /// <summary>Points in each week of the window.</summary>
    public Fraction[] ByWeek(Carrier carrier)
    {
        var load = new Fraction[weeks.Count];
        Array.Fill(load, Fraction.Zero);
        foreach (var by in Assigned(carrier))
        {
            var own = OwnByWeek(by);
            for (var week = 0; week < load.Length; week++)
                load[week] += own[week];
        }
        return load;
    }

    /// <summary>Tasks on whose days whoever they are assigned to does not work at all.</summary>
    public IEnumerable<(PlannedTask Task, Carrier By, DayRange On)> Unworked() =>
        parts.Where(p => p.By != everybody && p.On != all && p.By.Worked(p.On) == 0 && p.By.Worked(all) > 0);

    /// <summary>The tasks of a week with what falls on it, the largest part first.</summary>
    public IReadOnlyList<(string Id, Fraction Points)> TasksIn(Carrier carrier, DayRange week)
    {
        var assigned = Assigned(carrier).ToHashSet();
        return [.. parts.Where(p => assigned.Contains(p.By) && p.On.Meets(week))
            .Select(p => (p.Task.Task.Id, Points: Fraction.Of(p.Task.Task.EffortPoints!.Value) * p.By.Share(week.Within(p.On), p.On)))
            .Where(t => !t.Points.IsZero).OrderByDescending(t => t.Points).ThenBy(t => t.Id, StringComparer.Ordinal)];
    }

    private Fraction[] OwnByWeek(Carrier by)
    {
        if (byWeek.TryGetValue(by, out var load))
            return load;
        byWeek[by] = load = new Fraction[weeks.Count];
        Array.Fill(load, Fraction.Zero);
        foreach (var (on, points) in sums.GetValueOrDefault(by) ?? [])
        {
            for (var week = 0; week < load.Length; week++)
            {
                if (weeks[week].Meets(on))
                    load[week] += Fraction.Of(points) * by.Share(weeks[week].Within(on), on);
            }
        }
        return load;
    }

    /// <summary>Whose tasks are a carrier's: its own, and those of a team's people; everybody has all.</summary>
    private IEnumerable<Carrier> Assigned(Carrier carrier) =>
        carrier == everybody ? [everybody, .. carriers.Values]
        : carrier.Members.Select(m => carriers[m.Id]).Append(carrier).Distinct();
}
