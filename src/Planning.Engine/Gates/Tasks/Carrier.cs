using Planning.Artifacts.Capacity;
using Planning.Artifacts.Documents;

namespace Planning.Engine.Gates.Tasks;

/// <summary>Whoever tasks are assigned to: a person, a team, or everybody together. Capacity is in points, exactly.</summary>
internal sealed class Carrier
{
    private static readonly DayOfWeek[] MondayToFriday = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    /// <summary>What one works for a day, and how many do on all days before each; people of one rate are counted together.</summary>
    private readonly List<(Fraction PerDay, int[] Before)> rates = [];

    /// <summary>Where nobody works, effort falls on the working days of the window; where there are none, on all.</summary>
    private readonly int[] plain;

    public Carrier(string? id, string name, DocumentNode? node, IReadOnlyCollection<TeamMember> members, WindowDays days)
    {
        (Id, Name, Node, Members) = (id, name, node, members);
        foreach (var rate in members.Select(m => (Works: days.Working(m.WorkingDays, m.Absences), PerDay: PerDay(m, days))).GroupBy(m => m.PerDay))
            rates.Add((rate.Key, Before([.. rate.Select(m => m.Works)])));
        plain = Before([days.Working(MondayToFriday, [])]);
    }

    /// <summary>Null for everybody.</summary>
    public string? Id { get; }

    public string Name { get; }

    /// <summary>Where it stands in the capacity model; null for everybody.</summary>
    public DocumentNode? Node { get; }

    public IReadOnlyCollection<TeamMember> Members { get; }

    public Fraction Capacity(DayRange days)
    {
        var sum = Fraction.Zero;
        foreach (var (perDay, before) in rates)
            sum += perDay * In(before, days);
        return sum;
    }

    /// <summary>The share of an effort that falls on a part of its days: in proportion to what can be carried on them.</summary>
    public Fraction Share(DayRange part, DayRange whole)
    {
        if (part == whole)
            return Fraction.Of(1);
        // Where all work at one rate, days are what counts.
        if (Worked(whole) is var worked and > 0)
            return rates.Count == 1 ? Fraction.Of(Worked(part), worked) : Capacity(part) / Capacity(whole);
        return In(plain, whole) is var working and > 0 ? Fraction.Of(In(plain, part), working) : Fraction.Of(part.To - part.From + 1, whole.To - whole.From + 1);
    }

    /// <summary>Days of work that somebody with a capacity does, of all together.</summary>
    public int Worked(DayRange days)
    {
        var sum = 0;
        foreach (var (perDay, before) in rates)
            sum += perDay.IsZero ? 0 : In(before, days);
        return sum;
    }

    private static int In(int[] before, DayRange days) => before[days.To + 1] - before[days.From];

    private static Fraction PerDay(TeamMember member, WindowDays days)
    {
        var full = member.PointsPerWeek is { } perWeek
            ? Fraction.Of(perWeek) / Fraction.Of(member.WorkingDays.Count)
            : days.Working(member.WorkingDays, []).Count(works => works) is var inWindow and > 0
                ? Fraction.Of(member.PointsPerCycle ?? 0) / Fraction.Of(inWindow)
                : Fraction.Zero;
        return full * Fraction.Of(member.PartTimePercent) / Fraction.Of(100);
    }

    private static int[] Before(IReadOnlyCollection<bool[]> works)
    {
        var before = new int[works.First().Length + 1];
        for (var day = 1; day < before.Length; day++)
            before[day] = before[day - 1] + works.Count(w => w[day - 1]);
        return before;
    }
}
