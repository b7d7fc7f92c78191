using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Engine.Entities;
using Planning.Engine.Gates;
using Planning.Engine.Log;

namespace Planning.Engine.Reactors;

/// <summary>A gate run was asked for → it is run, and its outcome is recorded. However it goes, the run ends: no plan waits for ever.</summary>
public sealed class GateReactor(IEntityHost host, GateRunner runner) : IReactor
{
    public string Name => "gate";

    public IReadOnlySet<string> Types { get; } = new HashSet<string>(StringComparer.Ordinal) { "GATE_STARTED" };

    public async Task ReactAsync(StoredEvent happened, CancellationToken cancellation)
    {
        var started = (PlanEvent.GateStarted)EventCodec.Decode(happened);
        var plan = await host.ReadAsync(happened.Entity, cancellation);
        // A stale reading would take a run that is asked for now for one that nobody waits for.
        if (plan.Version < happened.Version)
            throw new ReactionFailedException($"{happened.Entity} is known up to version {plan.Version} only; the run was asked for in version {happened.Version}.");
        var report = ((Plan)plan.State).Pending?.GateRunId == started.GateRunId
            ? await runner.RunAsync(happened.Entity, started, happened.At, cancellation)
            : GateReports.Aborted(new PlanId(happened.Entity.Id), started);
        await FinishAsync(happened, report, cancellation);
    }

    public async Task<bool> GiveUpAsync(StoredEvent happened, Exception reason, CancellationToken cancellation)
    {
        var report = GateReports.Failed(
            new PlanId(happened.Entity.Id),
            (PlanEvent.GateStarted)EventCodec.Decode(happened),
            $"The run could not be carried out, also when tried again: {reason.Message} Request the transition again.",
            TimeSpan.Zero);
        await FinishAsync(happened, report, cancellation);
        return true;
    }

    /// <summary>Under the same command id whoever ends the run, and however often: the first outcome stands.</summary>
    private Task FinishAsync(StoredEvent happened, GateRunReport report, CancellationToken cancellation) =>
        new Reaction(this, happened, host).SendAsync(
            EntityKey.Of(happened.Entity.Workspace, report.GateRunId), new GateRunCommand.Finish(report), cancellation);
}
