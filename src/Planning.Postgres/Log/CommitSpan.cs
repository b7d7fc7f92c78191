using System.Diagnostics;

namespace Planning.Postgres.Log;

/// <summary>A commit as part of a trace. It serves many commands: it belongs to the first that is traced and is linked to the others.</summary>
internal static class CommitSpan
{
    private static readonly ActivitySource Source = new("Planning.Postgres");

    /// <summary>Null while nobody listens, and for a batch that no trace asks about.</summary>
    public static Activity? Begin(IReadOnlyList<PendingAppend> batch)
    {
        if (!Source.HasListeners())
            return null;
        var traced = batch.Select(item => item.Caller).OfType<Activity>().Where(caller => caller.Recorded).Select(caller => caller.Context).ToList();
        return traced.Count == 0
            ? null
            : Source.StartActivity("commit", ActivityKind.Internal, traced[0], [new("planning.appends", batch.Count)], traced.Skip(1).Select(other => new ActivityLink(other)));
    }
}
