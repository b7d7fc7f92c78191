using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Plans;

namespace Planning.Engine.Reads;

/// <summary>
/// Lists and searches, newest first, from tables that the consumer <see cref="ConsumerName"/> keeps behind the log.
/// Who needs to see a command's effect waits until that consumer has reached the command's position.
/// </summary>
public interface IReadModels
{
    public const string ConsumerName = "read-models";

    /// <exception cref="InvalidCursorException">The page's cursor is of another list or of other filters; so for every list.</exception>
    /// <exception cref="Log.LogUnavailableException">The database cannot be reached; so for every member.</exception>
    ValueTask<Page<PlanRow>> ListPlansAsync(WorkspaceId workspace, PlanFilter filter, PageRequest page, CancellationToken cancellation);

    /// <param name="plan">Null lists those of all plans.</param>
    ValueTask<Page<GateRunRow>> ListGateRunsAsync(WorkspaceId workspace, PlanId? plan, PageRequest page, CancellationToken cancellation);

    ValueTask<Page<ManifestRow>> ListManifestsAsync(WorkspaceId workspace, PlanId? plan, PageRequest page, CancellationToken cancellation);

    ValueTask<Page<CycleRow>> ListCyclesAsync(WorkspaceId workspace, bool? open, PageRequest page, CancellationToken cancellation);

    /// <summary>Those that the viewer may see; so for bookings.</summary>
    ValueTask<Page<EnvironmentRow>> ListEnvironmentsAsync(Viewer viewer, EnvironmentFilter filter, PageRequest page, CancellationToken cancellation);

    ValueTask<Page<BookingRow>> ListBookingsAsync(Viewer viewer, BookingFilter filter, PageRequest page, CancellationToken cancellation);

    ValueTask<Page<RefreshRow>> ListRefreshesAsync(Viewer viewer, RefreshFilter filter, PageRequest page, CancellationToken cancellation);

    /// <summary>What was done to environments, the last first.</summary>
    ValueTask<Page<RefreshRunRow>> ListRefreshRunsAsync(Viewer viewer, RefreshRunFilter filter, PageRequest page, CancellationToken cancellation);

    /// <summary>The stored entries of a calendar that the viewer may see, by start and then by id.</summary>
    /// <param name="after">Entries after this place; null begins at the first.</param>
    ValueTask<CalendarSlice> ReadCalendarAsync(Viewer viewer, CalendarFilter filter, CalendarPlace? after, int limit, CancellationToken cancellation);

    /// <summary>The weekly windows of the environments that the viewer sees and the filter names, in no order.</summary>
    ValueTask<ImmutableArray<MaintenanceRow>> ListMaintenanceAsync(Viewer viewer, CalendarFilter filter, CancellationToken cancellation);

    /// <summary>
    /// The position of the last event that changed anything that calendars of the workspace show; 0 before the first. What was read
    /// of a calendar holds as long as its mark stays. It moves together with what it tells of, for all processes.
    /// </summary>
    ValueTask<long> CalendarMarkAsync(WorkspaceId workspace, CancellationToken cancellation);

    /// <summary>Refreshes that wait for approval, of all workspaces.</summary>
    ValueTask<long> CountPendingApprovalsAsync(CancellationToken cancellation);

    ValueTask<ImmutableArray<PlanId>> OpenPlansAsync(WorkspaceId workspace, CycleId cycle, CancellationToken cancellation);

    /// <summary>The open cycle that was opened last; new plans belong to it unless they name another.</summary>
    ValueTask<CycleId?> PresentCycleAsync(WorkspaceId workspace, CancellationToken cancellation);

    /// <summary>The plan of a stream that reached EXECUTED last.</summary>
    ValueTask<PlanId?> LastExecutedAsync(WorkspaceId workspace, string stream, PlanId except, CancellationToken cancellation);
}

/// <param name="Cursor">As the page before gave it; null starts at the beginning.</param>
/// <param name="Limit">1 to 200.</param>
public sealed record PageRequest(string? Cursor, int Limit);

/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record Page<T>(ImmutableArray<T> Items, string? Next);

/// <summary>The cursor was not made by this list with these filters.</summary>
public sealed class InvalidCursorException : Exception
{
    public InvalidCursorException() { }
    public InvalidCursorException(string message) : base(message) { }
    public InvalidCursorException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>All that are given must hold. Newest plan first.</summary>
/// <param name="Text">Every word of it begins a word of the title, whatever the case; see <see cref="TitleWords"/>.</param>
/// <param name="Tag">A tag with its value.</param>
public sealed record PlanFilter(
    PlanStatus? Status = null,
    string? Stream = null,
    CycleId? CycleId = null,
    PersonId? Author = null,
    int? Priority = null,
    KeyValuePair<string, string>? Tag = null,
    string? Text = null);

public sealed record PlanRow(
    PlanId Id, string Title, string Stream, PlanStatus Status, int Priority, PersonId Author, CycleId CycleId,
    ImmutableSortedDictionary<string, string> Tags, int TaskCount, decimal Points, Trigger? Pending, ManifestId? Manifest,
    ContentHash ContentHash, long Version, long Position, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <param name="Outcome">passed, failed, aborted; null while it runs.</param>
public sealed record GateRunRow(
    GateRunId Id, PlanId PlanId, string Gate, Trigger Trigger, string? Outcome, int FindingCount, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt);

public sealed record ManifestRow(
    ManifestId Id, PlanId PlanId, int Number, ContentHash Digest, int Signatures, bool Sealed, ManifestId? Supersedes, DateTimeOffset CreatedAt, DateTimeOffset? SealedAt);

public sealed record CycleRow(CycleId Id, string Name, DateOnly StartsOn, DateOnly EndsOn, bool Open, CycleId? NextCycle, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt);
