using Planning.Testing;
using Xunit;

namespace Planning.House.Tests.Testing;

public sealed class FakeTimeTests
{
    private readonly FakeTime _time = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void The_clock_stands_still_until_it_is_moved()
    {
        var before = _time.GetUtcNow();
        Assert.Equal(before, _time.GetUtcNow());

        _time.Advance(TimeSpan.FromHours(3));

        Assert.Equal(before + TimeSpan.FromHours(3), _time.GetUtcNow());
    }

    [Fact]
    public void The_clock_never_goes_back() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.Advance(TimeSpan.FromSeconds(-1)));

    [Fact]
    public void Elapsed_time_is_what_the_clock_was_moved_by()
    {
        var since = _time.GetTimestamp();

        _time.Advance(TimeSpan.FromMilliseconds(1234));

        Assert.Equal(TimeSpan.FromMilliseconds(1234), _time.GetElapsedTime(since));
    }

    [Fact]
    public void A_timer_fires_once_it_is_due_and_not_before()
    {
        using var timer = After(5, "five");

        _time.Advance(TimeSpan.FromSeconds(4.999));
        Assert.Empty(_fired);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["five"], _fired);
        Assert.Equal(0, _time.PendingTimers);
    }

    [Fact]
    public void Timers_fire_in_the_order_they_are_due_and_then_in_the_order_they_were_set()
    {
        using var late = After(3, "three");
        using var first = After(1, "one");
        using var second = After(1, "one again");

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["one", "one again", "three"], _fired);
    }

    [Fact]
    public void A_timer_sees_the_time_it_is_due_at()
    {
        var due = _time.GetUtcNow() + TimeSpan.FromSeconds(2);
        DateTimeOffset? seen = null;
        using var timer = _time.CreateTimer(_ => seen = _time.GetUtcNow(), null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(due, seen);
    }

    [Fact]
    public void A_periodic_timer_fires_each_time_it_is_due()
    {
        using var timer = _time.CreateTimer(_ => _fired.Add("tick"), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(3, _fired.Count);
    }

    [Fact]
    public void What_a_timer_sets_fires_in_the_same_move_if_it_is_due_by_then()
    {
        using var timer = _time.CreateTimer(_ => After(2, "then"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(["then"], _fired);
    }

    [Fact]
    public void A_disposed_or_changed_timer_does_not_fire_as_first_set()
    {
        var gone = After(1, "gone");
        using var later = After(1, "later");
        gone.Dispose();
        later.Change(TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Empty(_fired);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["later"], _fired);
    }

    [Fact]
    public async Task A_delay_ends_when_the_clock_is_moved_past_it()
    {
        var delay = Task.Delay(TimeSpan.FromDays(1), _time);
        Assert.False(delay.IsCompleted);

        _time.Advance(TimeSpan.FromDays(1));

        await delay;
    }

    [Fact]
    public async Task One_can_wait_until_the_code_under_test_waits()
    {
        var waiting = _time.UntilWaitingAsync(timers: 2);
        using var one = After(1, "one");
        Assert.False(waiting.IsCompleted);

        using var two = After(2, "two");

        await waiting;
    }

    [Fact]
    public async Task A_timer_that_is_due_at_once_fires_without_the_clock_being_moved()
    {
        var fired = new TaskCompletionSource();
        await using var timer = _time.CreateTimer(_ => fired.SetResult(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        await fired.Task;
    }

    private ITimer After(double seconds, string name) =>
        _time.CreateTimer(_ => _fired.Add(name), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
}
