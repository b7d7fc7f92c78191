using System.Collections.Immutable;
using System.Text;
using Planning.Domain;
using Planning.Domain.Governance;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Entities;
using Planning.Engine.Rulebooks;

namespace Planning.Engine.Tests.Handoff.Support;

/// <summary>One rulebook with the three gates and no rule of governance; its single file keeps packs small.</summary>
internal sealed class TestRules(SealAlgorithm algorithm) : IRulebooks
{
    public static RulebookFiles Files { get; } = RulebookFiles.Of([KeyValuePair.Create("gates.yaml", (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes("gates: []\n"))]);

    private readonly Rulebook rules = new(
        Files.Hash,
        [
            new GateDefinition("schema_lint", PlanStatus.Planned, PlanStatus.ReadyForHandoff, []),
            new GateDefinition("cross_stream_consistency", PlanStatus.ReadyForHandoff, PlanStatus.Packaged, []),
            new GateDefinition("parity_coverage", PlanStatus.Packaged, PlanStatus.Executed, []),
        ],
        new GovernanceRules([new TagDefinition("criticality", ["0", "1", "2", "3"], "2"), new TagDefinition("snapshot_rev", [], null)]),
        [],
        new SealingPolicy(algorithm, [Role.PlanningLead, Role.TechnicalReviewer]),
        []);

    public ValueTask<Rulebook> ActiveAsync(WorkspaceId workspace, CancellationToken cancellation) => new(rules);

    public ValueTask<Rulebook> ByHashAsync(WorkspaceId workspace, ContentHash hash, CancellationToken cancellation) =>
        hash == rules.Hash ? new(rules) : throw new KeyNotFoundException(hash.Value);
}
