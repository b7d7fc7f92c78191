using Planning.Artifacts.Backlogs;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates.Tasks;

namespace Planning.Engine.Tests.Gates.Tasks;

/// <summary>Counting by numbers against walking from day to day.</summary>
public sealed class WorkDaysTests
{
    private static readonly DateOnly Start = new(2027, 1, 1);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Counting_and_adding_agree_with_a_walk_over_the_days(int seed)
    {
        var random = new Random(seed);
        var free = Enumerable.Range(0, random.Next(6)).Select(_ => Start.AddDays(random.Next(-5, 60)))
            .Select(from => new ChangeFreeze("free", from, from.AddDays(random.Next(12)))).ToArray();
        var days = new WorkDays(free);
        bool Works(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !free.Any(f => f.Covers(day));

        for (var i = 0; i < 60; i++)
        {
            var (from, length) = (Start.AddDays(i), random.Next(1, 40));
            Assert.Equal(Works(from), days.Contains(from));
            Assert.Equal(Walk(from).Take(length).Count(Works), days.Count(from, from.AddDays(length - 1)));
            var last = days.LastOf(from, length, DayCount.Working);
            Assert.Equal(Walk(from).Where(Works).ElementAt(length - 1), last);
            Assert.Equal(Walk(from).First(Works), days.FirstOf(last, length, DayCount.Working));
            Assert.Equal(from.AddDays(length - 1), days.LastOf(from, length, DayCount.Calendar));
        }
    }

    [Fact]
    public void The_ends_of_the_calendar_stand_for_what_lies_beyond_them()
    {
        var never = new WorkDays([new ChangeFreeze("for ever", Start, DateOnly.MaxValue)]);
        Assert.Equal(DateOnly.MaxValue, never.LastOf(Start, 1, DayCount.Working));
        Assert.Equal(DateOnly.MaxValue, never.LastOf(DateOnly.MaxValue, 3_650, DayCount.Calendar));
        Assert.Equal(DateOnly.MinValue, never.FirstOf(DateOnly.MinValue, 3_650, DayCount.Working));
        Assert.Equal(0, never.Count(Start, Start.AddDays(-1)));
    }

    private static IEnumerable<DateOnly> Walk(DateOnly from) => Enumerable.Range(0, 500).Select(from.AddDays);
}
