using System.Text.Json;
using Planning.Domain.Cycles;

namespace Planning.Domain.Tests.Cycles;

/// <summary>An open cycle as if it closed now.</summary>
public sealed class PresentTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory, MemberData(nameof(Seeds))]
    public void It_comes_to_what_its_close_says_a_moment_later(int seed)
    {
        var events = RandomStory.Write(seed).Events;
        var fold = Story.Fold(events.SkipLast(1));
        var close = (CycleEvent.CycleClosed)events[^1].Event;

        var present = fold.Present(close.CycleId, new DateTimeOffset(close.ClosedOn, TimeOnly.MinValue, TimeSpan.Zero))!;
        fold.Apply(events[^1]);

        Assert.Equal(Inputs(fold.Closed[^1], events[^1].EventId), Inputs(present, events[^1].EventId));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Looking_at_it_changes_nothing(int seed)
    {
        var looked = new CycleFold();
        var events = RandomStory.Write(seed).Events;
        foreach (var happened in events)
        {
            looked.Apply(happened);
            foreach (var cycle in new[] { "c1", "c2", "c3" })
                looked.Present(new CycleId(cycle), happened.At);
        }

        Assert.Equal(Story.Fold(events).Closed.Select(Text), looked.Closed.Select(Text));
    }

    [Fact]
    public void A_cycle_that_is_closed_or_unknown_has_no_present()
    {
        var fold = Story.Fold(new Story().Open("c1").Close("c1").Events);

        Assert.Null(fold.Present(new CycleId("c1"), DateTimeOffset.UnixEpoch));
        Assert.Null(fold.Present(new CycleId("c9"), DateTimeOffset.UnixEpoch));
    }

    /// <summary>Every input with its sources; the closing event is one only once it has happened.</summary>
    private static string Inputs(CycleFacts facts, string closing) => JsonSerializer.Serialize(
        CycleInputs.Of(facts).Select(i => new { i.Key, Value = i.Value.Value.ToString(), Sources = i.Value.Sources.Where(s => s != closing) }));

    private static string Text(CycleFacts facts) => JsonSerializer.Serialize(
        new { facts.Id, facts.Plans, facts.TasksDone, facts.Defects, facts.Transitions.Length, Inputs = Inputs(facts, "") });
}
