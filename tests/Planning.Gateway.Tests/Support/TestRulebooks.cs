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
    private static readonly Rulebook Rules = DefaultRulebook.Load() with
    {
        Gates =
        [
            Gate("schema_lint", PlanStatus.Planned, PlanStatus.ReadyForHandoff),
            Gate("cross_stream_consistency", PlanStatus.ReadyForHandoff, PlanStatus.Packaged),
            Gate("parity_coverage", PlanStatus.Packaged, PlanStatus.Executed),
        ],
    };

    public ValueTask<Rulebook> ActiveAsync(WorkspaceId workspace, CancellationToken cancellation) => new(Rules);

    public ValueTask<Rulebook> ByHashAsync(WorkspaceId workspace, ContentHash hash, CancellationToken cancellation) => new(Rules);

    private static GateDefinition Gate(string name, PlanStatus from, PlanStatus to) => new(
        name, from, to, [new ValidatorDefinition("marker", "marker", ImmutableSortedDictionary<string, string>.Empty, TimeSpan.FromMinutes(1))]);
}
