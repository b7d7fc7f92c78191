using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Engine;
using Planning.Engine.Reads;
using Planning.Gateway.Errors;
using Planning.Gateway.Mapping;
using Planning.Gateway.OpenApi;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>Bookings of environments. Who comes second is told what stands in the way, and when it is free.</summary>
internal static class BookingRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/bookings", (Delegate)Book).Commanding<BookRequest, BookingView>("book", "Book an environment", StatusCodes.Status201Created, Permission.BookEnvironment);
        v1.MapGet("/bookings", List).Listing<BookingView>("list_bookings", "List bookings, newest first");
        v1.MapGet("/bookings/{booking_id}", Get).Reading<BookingView>("get_booking", "Read a booking").WithMetadata(TakesHeader.MinPosition);
        v1.MapPost("/bookings/{booking_id}/move", Move).Commanding<MoveBookingRequest, BookingView>(
            "move_booking", "Move a booking to another window", StatusCodes.Status200OK, Permission.BookEnvironment);
        v1.MapPost("/bookings/{booking_id}/cancel", Cancel).Commanding<CancelBookingRequest, BookingView>(
            "cancel_booking", "Give a booking up", StatusCodes.Status200OK, Permission.BookEnvironment);
    }

    private static ProblemResult NotFound() => Problems.NotFound("booking_not_found", "There is no booking with this id in this workspace, or none that you may see.");

    private static Task<IResult> Book(HttpContext http) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.BookRequest, async (call, body) =>
    {
        var mode = EnvironmentInput.Mode(body.Mode);
        if (mode.Problem is { } wrong)
            return wrong;
        if (body.PlanId is { } plan && !(await call.Parts.Host.ReadAsync(PlanRoutes.KeyOf(call, plan), call.Cancellation)).Exists)
            return Problems.Unprocessable("plan_unknown", $"There is no plan {plan} in this workspace.", new ProblemError("plan_unknown", plan, "/plan_id"));
        if (await EnvironmentPlace.FindAsync(call, body.EnvironmentId) is not { } place)
            return EnvironmentRoutes.NotFound();
        var id = EnvironmentIds.NewBooking(place.TreeId, Ids.Derived("", call.Workspace.Value, call.Key.Id));
        var window = EnvironmentInput.Of(body.From, body.To);
        return await call.SendAsync(
            place.Key,
            new EnvironmentCommand.Book(
                id, new EnvironmentId(body.EnvironmentId), mode.Value, window, body.PlanId is null ? null : new PlanId(body.PlanId), body.Release, body.Purpose),
            accepted => Answers.Created(
                http, $"/v1/bookings/{id}",
                new BookingView(id.Value, body.EnvironmentId, body.Mode, window.From, window.To, call.Actor.Id.Value, Cancelled: false, body.PlanId, body.Release, body.Purpose),
                json => json.BookingView));
    });

    private static Task<IResult> Move(HttpContext http, string booking_id) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.MoveBookingRequest, (call, body) =>
    {
        var window = EnvironmentInput.Of(body.From, body.To);
        return SendAsync(call, booking_id, id => new EnvironmentCommand.MoveBooking(id, window), view => view with { From = window.From, To = window.To });
    });

    private static Task<IResult> Cancel(HttpContext http, string booking_id) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.CancelBookingRequest, (call, body) =>
        SendAsync(call, booking_id, id => new EnvironmentCommand.CancelBooking(id, body.Reason), view => view with { Cancelled = true }));

    private static async Task<IResult> Get(HttpContext http, string booking_id)
    {
        var call = Call.Of(http);
        if (await EnvironmentPlace.FindAsync(call, booking_id) is { } place && place.Tree.Entry(booking_id) is { Kind: EntryKind.Booking } entry
            && (entry.By == call.Actor.Id || place.Tree.Find(entry.EnvironmentId)!.IsOpenTo(call.Actor)))
            return Answers.Ok(EnvironmentViews.Of(EnvironmentRows.Of(entry, default)), json => json.BookingView);
        // Cancelled, or long over.
        if (await call.CatchUpAsync() is { } behind)
            return behind;
        return await ListedAsync(call, booking_id) is { } listed ? Answers.Ok(listed, json => json.BookingView) : NotFound();
    }

    private static async Task<IResult> List(
        HttpContext http, string? environment_id, string? by, string? plan_id, DateTimeOffset? from, DateTimeOffset? to, bool? cancelled, int? limit, string? cursor)
    {
        var call = Call.Of(http);
        var filter = new BookingFilter(
            Id: null, environment_id is null ? null : new EnvironmentId(environment_id), by is null ? null : new PersonId(by), plan_id is null ? null : new PlanId(plan_id),
            from?.ToUniversalTime(), to?.ToUniversalTime(), cancelled);
        return await Listing.AnswerAsync(
            call, limit, cursor, page => call.Parts.Reads.ListBookingsAsync(Viewer.Of(call.Workspace, call.Actor), filter, page, call.Cancellation),
            EnvironmentViews.Of, json => json.PageBookingView);
    }

    /// <param name="after">The booking as the command leaves it.</param>
    private static async Task<IResult> SendAsync(Call call, string bookingId, Func<BookingId, EnvironmentCommand> command, Func<BookingView, BookingView> after)
    {
        if (await EnvironmentPlace.FindAsync(call, bookingId) is not { } place)
            return NotFound();
        // A repeated command finds what it left: a cancelled booking is in the list alone.
        var before = place.Tree.Entry(bookingId) is { Kind: EntryKind.Booking } entry
            ? EnvironmentViews.Of(EnvironmentRows.Of(entry, default))
            : await ListedAsync(call, bookingId);
        return await call.SendAsync(
            place.Key, command(new BookingId(bookingId)), _ => before is null ? NotFound() : Answers.Ok(after(before), json => json.BookingView));
    }

    private static async ValueTask<BookingView?> ListedAsync(Call call, string bookingId)
    {
        var page = await call.Parts.Reads.ListBookingsAsync(
            Viewer.Of(call.Workspace, call.Actor), new BookingFilter(new BookingId(bookingId)), new PageRequest(Cursor: null, Limit: 1), call.Cancellation);
        return page.Items is [var row] ? EnvironmentViews.Of(row) : null;
    }
}
