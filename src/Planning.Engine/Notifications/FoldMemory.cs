using Planning.Domain;
using Planning.Engine.Entities;
using Planning.Engine.Log;
using Planning.Engine.Reads;

namespace Planning.Engine.Notifications;

/// <summary>
/// Entities just before an event. What was folded is kept until the events behind it exceed the bound; then all of it is
/// forgotten together, and histories are read again.
/// </summary>
internal sealed class FoldMemory(IEventLog log, long maxBytes)
{
    private readonly Dictionary<EntityKey, EntityFold> folds = [];
    private long bytes;

    /// <returns>The state before the event, null for the entity's first, and the state after it.</returns>
    public async ValueTask<(object? Before, object After)> AroundAsync(StoredEvent stored, object happened, CancellationToken cancellation)
    {
        var fold = folds.GetValueOrDefault(stored.Entity);
        if (fold is not null && fold.Version >= stored.Version)
            fold = null;
        if ((fold?.Version ?? 0) < stored.Version - 1)
        {
            foreach (var earlier in await log.ReadEntityAsync(stored.Entity, fold?.Version ?? 0, cancellation))
            {
                if (earlier.Version >= stored.Version)
                    break;
                fold = Next(fold, earlier, EventCodec.Decode(earlier));
            }
        }
        var after = Next(fold, stored, happened);
        if (bytes > maxBytes)
            Clear();
        folds[stored.Entity] = after;
        return (fold?.State, after.State);
    }

    public void Clear()
    {
        folds.Clear();
        bytes = 0;
    }

    private EntityFold Next(EntityFold? before, StoredEvent stored, object happened)
    {
        bytes += stored.Data.Length;
        return EntityFold.Next(before, stored, happened);
    }
}
