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

    [Fact]
    public void A_proposal_is_kept_with_its_files_and_changes_nothing_else()
    {
        var history = Then(After("a"), Propose("b"));

        Assert.Equal(World.Hash("a"), history.Active!.RulebookHash);
        Assert.Equal(World.Hash("b"), history.FilesOf(World.Hash("b"))!["gates.yaml"]);
        Assert.Null(history.FilesOf(World.Hash("c")));
    }

    [Fact]
    public void What_is_proposed_or_was_active_is_not_proposed_again()
    {
        Assert.Empty(RulebookDecider.Decide(Then(After("a"), Propose("b")), Propose("b"), World.By(Admin)).Events);
        Assert.Empty(RulebookDecider.Decide(After("a", "b"), Propose("a"), World.By(Admin)).Events);
    }

    [Fact]
    public void An_activated_proposal_is_none_any_more()
    {
        var history = Then(RulebookDecider.Initial, Propose("b"), Activate("b"));

        Assert.Empty(history.Proposed);
        Assert.Equal(World.Hash("b"), history.Active!.RulebookHash);
    }

    [Fact]
    public void Of_more_proposals_than_are_kept_the_oldest_is_forgotten()
    {
        var history = Then(RulebookDecider.Initial, [.. Enumerable.Range(0, RulebookHistory.MaxProposals + 1).Select(i => Propose($"p{i}"))]);

        Assert.Equal(RulebookHistory.MaxProposals, history.Proposed.Length);
        Assert.Null(history.FilesOf(World.Hash("p0")));
        Assert.NotNull(history.FilesOf(World.Hash("p1")));
        Assert.NotNull(history.FilesOf(World.Hash($"p{RulebookHistory.MaxProposals}")));
    }

    [Fact]
    public void Only_an_admin_proposes() =>
        Assert.Equal("role_missing", RulebookDecider.Decide(RulebookDecider.Initial, Propose("a"), World.By(World.Lead)).Rejection!.Code);

    private static RulebookCommand Propose(string name) =>
        new RulebookCommand.Propose(World.Hash(name), ImmutableSortedDictionary<string, ContentHash>.Empty.Add("gates.yaml", World.Hash(name)));

    private static RulebookHistory Then(RulebookHistory history, params RulebookCommand[] commands) => commands.Aggregate(
        history, (h, c) => RulebookDecider.Decide(h, c, World.By(Admin)).Events.Aggregate(h, RulebookDecider.Evolve));
}
