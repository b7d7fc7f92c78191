using System.Collections.Immutable;
using Planning.Domain.Rulebooks;

namespace Planning.Domain.Tests.Rulebooks;

public class RulebookHistoryTests
{
    private static readonly Actor Admin = World.Person("per_admin", Role.Admin);

    private static RulebookCommand Activate(string name) =>
        new RulebookCommand.Activate(World.Hash(name), ImmutableSortedDictionary<string, ContentHash>.Empty.Add("gates.yaml", World.Hash(name)));

    private static RulebookHistory After(params string[] names) => names.Aggregate(
        RulebookDecider.Initial, (h, n) => RulebookDecider.Decide(h, Activate(n), World.By(Admin)).Events.Aggregate(h, RulebookDecider.Evolve));

    [Fact]
    public void The_last_activated_rulebook_holds_and_names_the_one_before()
    {
        var history = After("a", "b");
        Assert.Equal((World.Hash("b"), World.Hash("a")), (history.Active!.RulebookHash, history.Active.Replaces));
        Assert.Equal(2, history.All.Count);
    }

    [Fact]
    public void A_repeated_command_emits_nothing() => Assert.Empty(RulebookDecider.Decide(After("a"), Activate("a"), World.By(Admin)).Events);

    [Fact]
    public void Rolling_back_is_activating_an_older_one() => Assert.Equal(World.Hash("a"), After("a", "b", "a").Active!.RulebookHash);

    [Fact]
    public void Only_an_admin_activates() =>
        Assert.Equal("role_missing", RulebookDecider.Decide(RulebookDecider.Initial, Activate("a"), World.By(World.Lead)).Rejection!.Code);
}
