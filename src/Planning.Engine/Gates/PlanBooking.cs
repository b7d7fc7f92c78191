using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Engine.Entities;
using Planning.Engine.Environments;
using Planning.Engine.Reactors;
using Planning.Engine.Reads;

namespace Planning.Engine.Gates;

/// <summary>An environment that a plan has booked, as its tree has it now.</summary>
/// <param name="TreeVersion">Which state of which tree this is: findings that look at the schedule hold as long as it does.</param>
/// <param name="Refreshes">Those that hold a slot of the environment, or of one above or below it, within the booking.</param>
public sealed record PlanBooking(ScheduleEntry Entry, EnvironmentTree Tree, string TreeVersion, ImmutableArray<Refresh> Refreshes);

/// <summary>Reads what plans have booked, as the lists show it.</summary>
internal sealed class PlanBookings(WorkspaceId workspace, IEntityHost host, IReadModels reads)
{
    private const int PageSize = 200;

    /// <summary>What does not lie behind a plan.</summary>
    /// <exception cref="ReactionFailedException">It cannot be read now.</exception>
    public async ValueTask<ImmutableArray<PlanBooking>> OfAsync(PlanId plan, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            return await ReadAsync(plan, now, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new ReactionFailedException($"What plan {plan} has booked cannot be read now.", e);
        }
    }

    private async ValueTask<ImmutableArray<PlanBooking>> ReadAsync(PlanId plan, DateTimeOffset now, CancellationToken cancellation)
    {
        var bookings = ImmutableArray.CreateBuilder<PlanBooking>();
        var everything = new Viewer(workspace, Actor.System.Id, [], SeesAll: true);
        string? cursor = null;
        do
        {
            var page = await reads.ListBookingsAsync(everything, new BookingFilter(PlanId: plan, From: now, Cancelled: false), new PageRequest(cursor, PageSize), cancellation);
            foreach (var row in page.Items)
            {
                if (await ReadAsync(row, cancellation) is { } booking)
                    bookings.Add(booking);
            }
            cursor = page.Next;
        }
        while (cursor is not null);
        return bookings.ToImmutable();
    }

    /// <summary>Null for one that was cancelled just now.</summary>
    private async ValueTask<PlanBooking?> ReadAsync(BookingRow row, CancellationToken cancellation)
    {
        if (await EnvironmentFinder.FindAsync(host, workspace, row.Id.Value, cancellation) is not { State: EnvironmentTree tree } state || tree.Entry(row.Id.Value) is not { } entry)
            return null;
        var refreshes = ImmutableArray.CreateBuilder<Refresh>();
        var related = tree.Related(entry.EnvironmentId);
        foreach (var slot in tree.Entries.Where(e => e.Kind == EntryKind.Refresh && related.Contains(e.EnvironmentId) && e.Window.Overlaps(entry.Window)))
            refreshes.Add((Refresh)(await host.ReadAsync(EntityKey.Of(workspace, new RefreshId(slot.Id)), cancellation)).State);
        return new PlanBooking(entry, tree, $"{state.Entity.Id}:{state.Version}", refreshes.ToImmutable());
    }
}
