using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;

namespace Planning.Engine.Reads;

public sealed record RefreshRow(
    RefreshId Id, EnvironmentId EnvironmentId, string Type, ImpactLevel Level, RefreshStatus Status, TimeWindow Window, PersonId RequestedBy, string Reason,
    ImmutableSortedSet<string> NotifyGroups, DateTimeOffset? RequestedAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>An entry of the history of an environment; it is written once and never changed.</summary>
public sealed record RefreshRunRow(
    RefreshId RefreshId, int Number, EnvironmentId EnvironmentId, string Type, RunOutcome Outcome, DateTimeOffset StartedAt, DateTimeOffset EndedAt, PersonId By, string? Note);

/// <summary>All that are given must hold.</summary>
/// <param name="From">Refreshes whose window ends after it.</param>
/// <param name="To">Refreshes whose window begins before it.</param>
public sealed record RefreshFilter(
    EnvironmentId? EnvironmentId = null, RefreshStatus? Status = null, string? Type = null, PersonId? RequestedBy = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>All that are given must hold.</summary>
public sealed record RefreshRunFilter(EnvironmentId? EnvironmentId = null, RefreshId? RefreshId = null);

public static class RefreshRows
{
    public static RefreshRow Of(EntityFold fold)
    {
        var refresh = (Refresh)fold.State;
        return new RefreshRow(
            refresh.Id, refresh.EnvironmentId, refresh.Type, refresh.Scope.Level, refresh.Status, refresh.Window, refresh.RequestedBy, refresh.Reason, refresh.NotifyGroups,
            refresh.RequestedAt, fold.CreatedAt, fold.UpdatedAt);
    }

    /// <summary>The entry that an event has added to the history; null when it has added none.</summary>
    public static RefreshRunRow? RunOf(EntityFold fold, object happened) =>
        happened is RefreshEvent.RefreshCompleted or RefreshEvent.RefreshFailed or RefreshEvent.RefreshRolledBack && (Refresh)fold.State is var refresh && refresh.History[^1] is var run
            ? new RefreshRunRow(refresh.Id, run.Number, refresh.EnvironmentId, refresh.Type, run.Outcome, run.StartedAt, run.EndedAt, run.By, run.Note)
            : null;
}
