using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Engine.Calendars;
using Planning.Engine.Reads;
using Planning.Gateway.Calendars;
using Planning.Gateway.Errors;
using Planning.Gateway.Identity;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>Bookings, refreshes, freezes and maintenance windows by time.</summary>
internal static class CalendarRoutes
{
    public const int MaxDays = 366;

    public static void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/calendar", Read).Listing<CalendarItem>("read_calendar", "What takes environments within a range of time, by start").Refuses(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Read(
        HttpContext http, DateTimeOffset from, DateTimeOffset to, string? environment_id, string? kind, string? status, string? group, int? limit, string? cursor)
    {
        var call = Call.Of(http);
        var filter = FilterOf(new TimeWindow(from.ToUniversalTime(), to.ToUniversalTime()), environment_id, kind, status, group);
        if ((filter.Problem ?? Listing.LimitProblem(limit)) is { } wrong)
            return wrong;
        if (await call.CatchUpAsync() is { } behind)
            return behind;
        var after = CalendarCursor.Read(call.Workspace, filter.Value!, string.IsNullOrEmpty(cursor) ? null : cursor);
        var page = await CalendarPages.ReadAsync(call.Parts, Viewer.Of(call.Workspace, call.Actor), filter.Value!, after, limit ?? Listing.DefaultLimit, call.Cancellation);
        return Answers.Ok(
            new Contracts.Page<CalendarItem>([.. page.Entries.Select(Of)], page.Next is { } next ? CalendarCursor.Write(call.Workspace, filter.Value!, next) : null),
            json => json.PageCalendarItem);
    }

    private static Parsed<CalendarFilter> FilterOf(TimeWindow range, string? environment, string? kind, string? status, string? group)
    {
        if (range.Length <= TimeSpan.Zero)
            return Problems.Unprocessable("range_invalid", $"'to' is {range.To:O}; it lies after 'from', which is {range.From:O}.");
        if (range.Length > TimeSpan.FromDays(MaxDays))
        {
            return Problems.Unprocessable(
                "calendar_range_too_long", $"A calendar shows at most {MaxDays} days at once; from {range.From:yyyy-MM-dd} to {range.To:yyyy-MM-dd} are {range.Length.TotalDays:0}. Ask for one year after the other.");
        }
        var known = Enum.GetValues<RefreshStatus>().Where(CalendarRows.IsOpen).ToDictionary(RefreshLifecycle.Wire, s => s, StringComparer.OrdinalIgnoreCase);
        if (status is not null && !known.ContainsKey(status))
            return Invalid(nameof(status), $"A calendar shows refreshes that are {string.Join(", ", known.Keys)}, not '{status}'; GET /v1/refreshes lists the others.");
        if (kind is not null && Wire.Find<CalendarKind>(kind) is null)
            return Invalid(nameof(kind), $"There is no kind '{kind}'; there are {string.Join(", ", Wire.All<CalendarKind>())}.");
        if (group is not null && !GroupNames.IsValid(group))
            return Invalid(nameof(group), $"'{group}' is no group: {GroupNames.Form}.");
        return new CalendarFilter(
            range, environment is null ? null : new EnvironmentId(environment), kind is null ? null : Wire.Find<CalendarKind>(kind), status is null ? null : known[status], group);
    }

    private static CalendarItem Of(CalendarEntry e) => new(
        e.Id, Wire.Name(e.Kind), e.Window.From, e.Window.To, e.EnvironmentId?.Value, e.Environment, e.Type, e.Status, e.By?.Value, e.Text);

    private static ProblemResult Invalid(string parameter, string message) =>
        Problems.Unprocessable("filter_invalid", message, new ProblemError("filter_invalid", message, parameter));
}
