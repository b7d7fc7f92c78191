using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Domain.Gates;
using Planning.Domain.Handoff;
using Planning.Domain.Plans;
using Planning.Engine.Log;

namespace Planning.Engine.Reads;

/// <summary>What lists show of an entity, the same whatever keeps the lists.</summary>
public static class ReadRows
{
    public static PlanRow OfPlan(EntityFold fold)
    {
        var plan = (Plan)fold.State;
        var tasks = plan.Tasks;
        return new(
            plan.Id, plan.Title, plan.Stream, plan.Status, plan.Priority, plan.Author, plan.CycleId, plan.Tags, tasks.Count, tasks.Points,
            plan.Pending?.Trigger, plan.Manifest, plan.ContentHash, fold.Version, fold.Position, fold.CreatedAt, fold.UpdatedAt);
    }

    /// <summary>A run begins with an event of its plan, before it has a history of its own.</summary>
    public static GateRunRow OfGateRun(StoredEvent stored, PlanEvent.GateStarted started) => new(
        started.GateRunId, new PlanId(stored.Entity.Id), started.Gate, started.Trigger, Outcome: null, FindingCount: 0, stored.At, FinishedAt: null);

    /// <summary>How a run ended, and how many findings it has.</summary>
    public static (string Outcome, int FindingCount) EndOf(GateRunEvent ended)
    {
        var report = ended switch
        {
            GateRunEvent.GatePassed e => e.Report,
            GateRunEvent.GateFailed e => e.Report,
            _ => throw new System.Diagnostics.UnreachableException($"A gate run knows no event {ended.GetType().Name}."),
        };
        return (Snake.Case(report.Outcome.ToString()), report.FindingCount);
    }

    /// <summary>The last event of a sealed manifest is the one that sealed it.</summary>
    public static ManifestRow OfManifest(EntityFold fold)
    {
        var manifest = (Manifest)fold.State;
        var created = manifest.Created!;
        return new(
            created.ManifestId, created.PlanId, created.Number, created.Digest, manifest.Signatures.Length, manifest.IsSealed, created.Supersedes,
            fold.CreatedAt, manifest.IsSealed ? fold.UpdatedAt : null);
    }

    /// <summary>The last event of a closed cycle is the one that closed it.</summary>
    public static CycleRow OfCycle(EntityFold fold)
    {
        var cycle = (Cycle)fold.State;
        var opened = cycle.Opened!;
        return new(
            opened.CycleId, opened.Name, opened.StartsOn, opened.EndsOn, cycle.IsOpen, cycle.Closed?.NextCycle,
            fold.CreatedAt, cycle.IsOpen ? null : fold.UpdatedAt);
    }
}
