using Planning.Domain.Plans;
using Planning.InProcess;

namespace Planning.Engine.Tests.InProcess;

public class InProcessHostTests
{
    [Fact]
    public async Task Commands_of_one_entity_take_their_turns_and_none_is_lost()
    {
        var test = new TestHost();
        await test.AcceptAsync(TestHost.Create("pln_1"));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => test.AcceptAsync(TestHost.Retitle("pln_1", $"Title {i}", $"c{i}")))));
        Assert.Equal(201, (await test.Host.ReadAsync(TestHost.Plan("pln_1"), default)).Version);
    }

    [Fact]
    public async Task Idle_entities_leave_memory_and_come_back_as_they_were()
    {
        var test = new TestHost();
        await test.AcceptAsync(TestHost.Create("pln_1"));
        test.Time.Advance(TimeSpan.FromMinutes(9));
        await test.AcceptAsync(TestHost.Create("pln_2"));
        test.Time.Advance(TimeSpan.FromMinutes(2));
        test.Host.Sweep();
        var left = test.Host.Count;
        Assert.Equal("Cards", ((Plan)(await test.AcceptAsync(TestHost.Retitle("pln_1", "Cards", "c2"))).State).Title);
        // pln_2 and the rulebook entity are younger than the idle time; pln_1 had to be read again.
        Assert.InRange(left, 1, 2);
    }

    [Fact]
    public async Task The_number_of_entities_in_memory_is_bounded_and_the_least_used_leave_first()
    {
        var test = new TestHost(options: new InProcessOptions { MaxEntities = 3 });
        for (var i = 0; i < 10; i++)
        {
            await test.AcceptAsync(TestHost.Create($"pln_{i}"));
            test.Time.Advance(TimeSpan.FromSeconds(1));
        }
        test.Host.Sweep();
        Assert.Equal(3, test.Host.Count);
    }

    [Theory]
    [InlineData(0, 2_000_000)]
    [InlineData(10, 10)]
    public void Options_out_of_range_are_named(int entities, long bytes) =>
        Assert.NotNull(new InProcessOptions { MaxEntities = entities, MaxBytes = bytes }.Problem());
}
