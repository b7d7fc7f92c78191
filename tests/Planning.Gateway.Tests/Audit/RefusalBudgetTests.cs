using Planning.Domain;
using Planning.Gateway.Audit;
using Xunit;

namespace Planning.Gateway.Tests.Audit;

/// <summary>How many refusals are recorded, and that each other one is counted once.</summary>
public sealed class RefusalBudgetTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Now + RefusalBudget.Window;
    private static readonly WorkspaceId Workspace = new("default");

    [Fact]
    public void A_source_has_so_many_a_minute_and_the_next_record_says_how_many_were_not_written()
    {
        var budget = new RefusalBudget(new AuditOptions { RefusalsPerSource = 2 });
        var source = Stranger("203.0.113.7");

        Assert.Equal([0, 0, null, null, null], Enumerable.Range(0, 5).Select(_ => budget.Take(source, Now)));
        Assert.Equal(3, budget.Take(source, Later));
        Assert.Equal(0, budget.Take(source, Later));
    }

    [Fact]
    public void One_source_takes_nothing_from_another()
    {
        var budget = new RefusalBudget(new AuditOptions { RefusalsPerSource = 1 });
        budget.Take(Stranger("203.0.113.7"), Now);
        budget.Take(Stranger("203.0.113.7"), Now);

        Assert.Equal(0, budget.Take(Stranger("203.0.113.8"), Now));
    }

    [Fact]
    public void Strangers_together_are_bounded_and_callers_with_a_key_are_recorded_all_the_same()
    {
        var budget = new RefusalBudget(new AuditOptions { RefusalsOfStrangers = 10 });

        var recorded = Enumerable.Range(0, 5_000).Count(i => budget.Take(Stranger($"198.51.{i / 250}.{i % 250}"), Now) is not null);

        Assert.Equal(10, recorded);
        Assert.Equal(0, budget.Take(new RefusalSource(Workspace, "key_1", IsStranger: false), Now));
        Assert.Equal([(Stranger(RefusalSource.Others), 4_990)], budget.Drain(Later, all: false));
    }

    [Fact]
    public void What_was_only_counted_is_reported_once_when_its_minute_is_over()
    {
        var budget = new RefusalBudget(new AuditOptions { RefusalsPerSource = 1 });
        var (loud, quiet) = (Stranger("203.0.113.7"), Stranger("203.0.113.8"));
        budget.Take(loud, Now);
        budget.Take(loud, Now);
        budget.Take(quiet, Now);

        Assert.Empty(budget.Drain(Now, all: false));
        Assert.Equal([(loud, 1)], budget.Drain(Later, all: false));
        Assert.Empty(budget.Drain(Later, all: true));
    }

    [Fact]
    public void At_the_end_the_minute_that_is_not_over_is_reported_too()
    {
        var budget = new RefusalBudget(new AuditOptions { RefusalsPerSource = 1 });
        budget.Take(Stranger("203.0.113.7"), Now);
        budget.Suppress(Stranger("203.0.113.7"), 4, Now);

        Assert.Equal([(Stranger("203.0.113.7"), 4)], budget.Drain(Now, all: true));
    }

    private static RefusalSource Stranger(string name) => new(Workspace, name, IsStranger: true);
}
