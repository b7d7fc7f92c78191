namespace Planning.Grains.Tests;

/// <summary>Two clusters that do not know of each other run one entity, as both sides of a partition do; the log decides.</summary>
public sealed class TwoActivationsTests : IAsyncLifetime
{
    private readonly HeldLog log = new();
    private Side left = null!;
    private Side right = null!;

    public async Task InitializeAsync()
    {
        left = await Side.StartAsync(log);
        right = await Side.StartAsync(log);
        await left.AcceptAsync(Side.Create());
        Assert.Equal(1, (await right.Host.ReadAsync(Side.Plan, default)).Version);
    }

    public async Task DisposeAsync()
    {
        await left.DisposeAsync();
        await right.DisposeAsync();
    }

    [Fact]
    public async Task What_an_activation_appends_on_a_state_that_is_past_conflicts_and_it_decides_anew()
    {
        await left.AcceptAsync(Side.Retitle("left"));
        Assert.Equal(1, (await right.Host.ReadAsync(Side.Plan, default)).Version);

        var answer = await right.AcceptAsync(Side.Retitle("right"));

        Assert.Equal(["right"], log.Conflicts);
        Assert.Equal(3, answer.Version);
        Assert.Equal(["create", "left", "right"], (await log.ReadEntityAsync(Side.Plan, 0, default)).Select(e => e.CommandId));
    }

    [Fact]
    public async Task What_was_carried_out_on_one_side_is_not_carried_out_again_on_the_other()
    {
        var first = await left.AcceptAsync(Side.Retitle("once"));

        var again = await right.AcceptAsync(Side.Retitle("once"));

        Assert.Equal(["once"], log.Conflicts);
        Assert.True(again.Repeated);
        Assert.Equal(first.Version, again.Version);
        Assert.Equal(2, await log.HeadAsync(0, default));
    }
}
