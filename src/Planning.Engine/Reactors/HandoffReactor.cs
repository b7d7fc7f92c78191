using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Handoff;
using Planning.Domain.Plans;
using Planning.Engine.Blobs;
using Planning.Engine.Entities;
using Planning.Engine.Handoff;
using Planning.Engine.Log;

namespace Planning.Engine.Reactors;

/// <summary>
/// A plan was packaged → its manifest is there to be signed. The document is made from the plan's history up to the
/// packaging event, not from its present state, so that a repeated reaction makes the same bytes whatever came after.
/// </summary>
public sealed class HandoffReactor(IEntityHost host, IEventLog log, IBlobStore blobs, IRulebooks rulebooks) : IReactor
{
    public string Name => "handoff";

    public IReadOnlySet<string> Types { get; } = new HashSet<string>(StringComparer.Ordinal) { "STATE_TRANSITION" };

    public async Task ReactAsync(StoredEvent happened, CancellationToken cancellation)
    {
        if (EventCodec.Decode(happened) is not PlanEvent.StateTransition { ManifestId: { } id } packaged)
            return;
        var document = ManifestBuilder.Build(await InputAsync(happened, id, packaged, cancellation));
        var bytes = document.ToCanonicalBytes();
        var digest = await blobs.PutAsync(happened.Entity.Workspace, bytes, cancellation);

        var m = document.Manifest;
        var created = new ManifestEvent.ManifestCreated(
            id, m.PlanId, m.Number, digest, digest, m.ContentHash, m.RulebookHash, m.Checksums, m.Author,
            SealAlgorithms.Find(m.Seal.Algorithm)!.Value, m.Seal.RequiredSigners, m.Supersedes);
        await new Reaction(this, happened, host).SendAsync(
            EntityKey.Of(happened.Entity.Workspace, id), new ManifestCommand.Create(created), cancellation);
    }

    private async Task<ManifestInput> InputAsync(
        StoredEvent happened, ManifestId id, PlanEvent.StateTransition packaged, CancellationToken cancellation)
    {
        var workspace = happened.Entity.Workspace;
        var plan = await PlanAtAsync(happened, cancellation);
        var runs = await RunsAsync(workspace, plan, cancellation);
        var saw = runs.Single(r => r.GateRunId == packaged.GateRunId).RulebookHash;
        return new ManifestInput(
            workspace,
            id,
            await NumberAsync(workspace, packaged.Supersedes, cancellation),
            packaged.Supersedes,
            happened.At,
            happened.Position,
            plan,
            runs,
            await rulebooks.ByHashAsync(workspace, saw, cancellation));
    }

    private async Task<Plan> PlanAtAsync(StoredEvent happened, CancellationToken cancellation)
    {
        var history = await log.ReadEntityAsync(happened.Entity, afterVersion: 0, cancellation);
        return history.Where(e => e.Version <= happened.Version)
            .Aggregate(PlanDecider.Initial, (plan, e) => PlanDecider.Evolve(plan, (PlanEvent)EventCodec.Decode(e)));
    }

    /// <summary>The gates that were passed on the way to PACKAGED; a gate of an earlier, failed execution is none of them.</summary>
    private async Task<ImmutableArray<GateRunReport>> RunsAsync(WorkspaceId workspace, Plan plan, CancellationToken cancellation)
    {
        var reports = new List<GateRunReport>();
        foreach (var verdict in plan.Gates.Values.Where(v => v.Passed))
        {
            var run = (GateRun)(await host.ReadAsync(EntityKey.Of(workspace, verdict.GateRunId), cancellation)).State;
            var report = run.Report ?? throw new ReactionFailedException($"Gate run {verdict.GateRunId} has no report yet.");
            if (report.Trigger is Trigger.ValidateComplete or Trigger.PackageArtifacts)
                reports.Add(report);
        }
        return [.. reports.OrderBy(r => r.Trigger).ThenBy(r => r.Gate, StringComparer.Ordinal)];
    }

    private async Task<int> NumberAsync(WorkspaceId workspace, ManifestId? supersedes, CancellationToken cancellation)
    {
        if (supersedes is not { } previous)
            return 1;
        var manifest = (Manifest)(await host.ReadAsync(EntityKey.Of(workspace, previous), cancellation)).State;
        return manifest.Created is { } created
            ? created.Number + 1
            : throw new ReactionFailedException($"Manifest {previous}, which this one supersedes, is not made yet.");
    }
}
