namespace Planning.Domain.Environments;

/// <summary>Bookings: who takes an environment, when, and for what.</summary>
public sealed partial class EnvironmentTreeDecider
{
    public const int MaxBookingDays = 366;

    /// <summary>How far ahead a booking may begin.</summary>
    public const int MaxBookingAheadDays = 3 * 366;

    /// <summary>Of a release's name, and of a purpose.</summary>
    public const int MaxTextLength = 500;

    /// <summary>Of one tree, to come.</summary>
    public const int MaxEntries = 20_000;

    private static Decision<EnvironmentEvent> Book(EnvironmentTree tree, EnvironmentCommand.Book book, Issued issued)
    {
        if ((Permissions.Refuse(issued.By, Permission.BookEnvironment) ?? Refuse(tree, book.EnvironmentId, issued.By) ?? WrongWindow(book.Window, issued.At)) is { } refused)
            return refused;
        if (book.Release?.Length > MaxTextLength || book.Purpose?.Length > MaxTextLength)
            return Rejection.Invalid("booking_text_too_long", $"Release and purpose of a booking have at most {MaxTextLength} characters each.");
        if (tree.Entry(book.BookingId.Value) is not null)
            return Rejection.Conflict("booking_exists", $"Booking {book.BookingId} exists already. Use another Idempotency-Key for a new one.");
        if (tree.Entries.Count(e => e.Window.To > issued.At) >= MaxEntries)
            return Rejection.Conflict("schedule_full", $"The schedule of a tree holds at most {MaxEntries} bookings to come. Cancel some that nobody needs.");
        return RefuseTaken(tree, book.EnvironmentId, book.Mode, book.Window) is { } taken
            ? taken
            : new EnvironmentEvent.BookingMade(
                new ScheduleEntry(
                    book.BookingId.Value, EntryKind.Booking, book.EnvironmentId, book.Mode, book.Window, issued.By.Id, book.PlanId, book.Release, book.Purpose),
                issued.At);
    }

    private static Decision<EnvironmentEvent> MoveBooking(EnvironmentTree tree, EnvironmentCommand.MoveBooking move, Issued issued)
    {
        if (RefuseBooking(tree, move.BookingId, issued) is { } refused)
            return refused;
        var booking = tree.Entry(move.BookingId.Value)!;
        if (booking.Window == move.Window)
            return Decision<EnvironmentEvent>.Nothing;
        if ((WrongWindow(move.Window, issued.At) ?? RefuseTaken(tree, booking.EnvironmentId, booking.Mode, move.Window, booking.Id)) is { } noRoom)
            return noRoom;
        return new EnvironmentEvent.BookingMoved(move.BookingId, move.Window);
    }

    private static Decision<EnvironmentEvent> CancelBooking(EnvironmentTree tree, EnvironmentCommand.CancelBooking cancel, Issued issued) =>
        RefuseBooking(tree, cancel.BookingId, issued) is { } refused ? refused : new EnvironmentEvent.BookingCancelled(cancel.BookingId, issued.By.Id, cancel.Reason);

    /// <summary>Whoever made a booking changes it, and so do the owners of the environment; what is over stays.</summary>
    private static Rejection? RefuseBooking(EnvironmentTree tree, BookingId id, Issued issued)
    {
        if (Permissions.Refuse(issued.By, Permission.BookEnvironment) is { } role)
            return role;
        if (tree.Entry(id.Value) is not { Kind: EntryKind.Booking } booking)
            return Rejection.NotFound("booking_not_found", "There is no booking with this id; or it is cancelled, or long over.");
        if (booking.By != issued.By.Id && RefuseOthers(tree, booking.EnvironmentId, issued.By) is not null)
            return Rejection.Forbidden("booking_of_another", $"Booking {id} is {booking.By}'s. They can change it, or the group that owns the environment.");
        if (tree.IsLeaving(booking.EnvironmentId))
            return Refuse(tree, booking.EnvironmentId, issued.By);
        return booking.Window.To <= issued.At ? Rejection.Conflict("booking_over", $"Booking {id} ended at {booking.Window.To:O}.") : null;
    }

    private static Rejection? WrongWindow(TimeWindow window, DateTimeOffset now)
    {
        if (window.To <= window.From)
            return Rejection.Invalid("window_invalid", $"The end {window.To:O} is not after the start {window.From:O}.");
        if (window.To <= now)
            return Rejection.Invalid("window_past", $"The window ended at {window.To:O}, which is past. Give a later one.");
        if (window.Length > TimeSpan.FromDays(MaxBookingDays))
            return Rejection.Invalid("window_too_long", $"A booking lasts at most {MaxBookingDays} days; this one has {window.Length.TotalDays:0}.");
        return window.From > now.AddDays(MaxBookingAheadDays)
            ? Rejection.Invalid("window_too_far", $"A booking begins at most {MaxBookingAheadDays} days ahead.")
            : null;
    }

    /// <summary>Everything that excludes the use, and when there is room for it.</summary>
    private static Rejection? RefuseTaken(EnvironmentTree tree, EnvironmentId environment, BookingMode mode, TimeWindow window, string? except = null)
    {
        var taken = Conflicts.Excluding(tree, environment, mode, window, except).Take(MaxShown + 1).ToArray();
        if (taken.Length == 0)
            return null;
        var free = FreeWindow.Next(tree, environment, mode, window, except);
        var blockers = taken.Take(MaxShown).Select(e => new Blocker("environment_taken", Conflicts.Told(e, tree), e.Id)).ToList();
        if (free is not null)
            blockers.Add(new Blocker("next_free_window", $"It is free from {free}.", $"{free.From.UtcDateTime:O}/{free.To.UtcDateTime:O}"));
        return Rejection.Conflict(
            "environment_taken",
            $"{(taken.Length > MaxShown ? $"More than {MaxShown} entries stand" : taken.Length == 1 ? "One entry stands" : $"{taken.Length} entries stand")} in the way. "
            + (free is null ? $"There is no free window of this length within {FreeWindow.Horizon.TotalDays:0} days." : $"The next free window of this length is {free}."),
            blockers);
    }

    /// <summary>More than these nobody reads.</summary>
    private const int MaxShown = 20;
}
