using Planning.History;

namespace Planning.Crash.Tests.History;

/// <summary>The checker is checked: it is silent about good histories, and names what each mutant does.</summary>
public sealed class HistoryCheckerTests
{
    private const int Seeds = 20;

    public static TheoryData<string> MutantNames => [.. Mutants.All.Keys];

    [Fact]
    public void A_good_history_breaks_no_promise()
    {
        for (var seed = 0; seed < Seeds; seed++)
            Assert.Empty(HistoryChecker.Check(GoodHistory.Of(seed)));
    }

    [Fact]
    public void An_empty_history_breaks_no_promise() => Assert.Empty(HistoryChecker.Check(new Observations([], [], [])));

    [Theory, MemberData(nameof(MutantNames))]
    public void A_history_is_rejected_that(string mutant)
    {
        var (broken, apply) = Mutants.All[mutant];
        for (var seed = 0; seed < Seeds; seed++)
        {
            var violations = HistoryChecker.Check(apply(GoodHistory.Of(seed), new Random(seed)));

            Assert.Contains(violations, v => v.Promise == broken);
        }
    }

    [Fact]
    public void Every_promise_is_broken_by_some_mutant() =>
        Assert.Equal(Enum.GetValues<Promise>().Order(), Mutants.All.Values.Select(m => m.Broken).Distinct().Order());
}
