using Planning.Domain;
using Planning.Engine.Entities;
using Planning.Engine.Log;
using Planning.Grains.Snapshots;

namespace Planning.Grains;

/// <summary>
/// The shell around an entity's cell. Orleans gives placement, one activation and its turns; the cell does the rest. Two
/// activations at once, as after a partition, do no harm: the log lets only one of them append.
/// </summary>
public abstract class EntityGrain(EntityKind kind, IPersistentState<SnapshotState> snapshot, CellServices services, ActiveEntities active) : Grain, IEntityGrain
{
    private IEntityCell cell = null!;
    private EntityKey entity;
    private ActiveEntity? self;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        entity = GrainKeys.EntityOf(kind, this.GetPrimaryKeyString());
        var own = new GrainSnapshots(snapshot);
        cell = EntityKinds.CellFor(entity, services with { Snapshots = own, SnapshotWriter = own });
        self = await active.EnterAsync(GrainContext, cancellationToken);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (self is not null)
            active.Leave(self);
        return Task.CompletedTask;
    }

    public async ValueTask<AnswerMessage> HandleAsync(CommandMessage command, CancellationToken cancellation)
    {
        try
        {
            return AnswerMessage.Of(await cell.HandleAsync(command.To(entity), cancellation));
        }
        catch (LogUnavailableException away)
        {
            return new AnswerMessage(null, null, away.Message);
        }
        finally
        {
            active.Used(self!, cell.ApproximateBytes);
        }
    }

    public async ValueTask<StateMessage> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            return StateMessage.Of(await cell.ReadAsync(cancellation));
        }
        catch (LogUnavailableException away)
        {
            return new StateMessage(0, 0, null, away.Message);
        }
        finally
        {
            active.Used(self!, cell.ApproximateBytes);
        }
    }
}
