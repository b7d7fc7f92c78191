using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Entities;
using Planning.Engine.Rulebooks;

namespace Planning.Gateway.Tests.Support;

/// <summary>The shipped rulebook, with one validator in each gate that tests can steer.</summary>
internal sealed class TestRulebooks : IRulebooks
{
    private static readonly Rulebook Shipped = DefaultRulebook.Load() with
    {
        Gates =
        [
            Gate("schema_lint", PlanStatus.Planned, PlanStatus.ReadyForHandoff),
            Gate("cross_stream_consistency", PlanStatus.ReadyForHandoff, PlanStatus.Packaged),
            Gate("parity_coverage", PlanStatus.Packaged, PlanStatus.Executed),
        ],
    };

    private volatile Rulebook rules = Shipped;

    /// <summary>As if other calendars had been activated.</summary>
    public void Set(params ChangeCalendar[] calendars) => rules = Shipped with { Calendars = [.. calendars] };

    public ValueTask<Rulebook> ActiveAsync(WorkspaceId workspace, CancellationToken cancellation) => new(rules);

    public ValueTask<Rulebook> ByHashAsync(WorkspaceId workspace, ContentHash hash, CancellationToken cancellation) => new(rules);

    private static GateDefinition Gate(string name, PlanStatus from, PlanStatus to) => new(
        name, from, to, [new ValidatorDefinition("marker", "marker", ImmutableSortedDictionary<string, string>.Empty, TimeSpan.FromMinutes(1))]);
}
