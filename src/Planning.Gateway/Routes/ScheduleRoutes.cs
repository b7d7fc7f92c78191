using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain.Environments;
using Planning.Gateway.Errors;
using Planning.Gateway.Mapping;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>What takes an environment, and when it is free: asked of the tree itself, so that nothing is out of date.</summary>
internal static class ScheduleRoutes
{
    private const int DefaultDays = 31;
    private const int MaxDays = 366;

    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/environments/{environment_id}/schedule", Schedule).Reading<ScheduleView>(
            "get_schedule", "What takes an environment, or anything above or below it, within a span of time");
        v1.MapGet("/environments/{environment_id}/free-window", Free).Reading<FreeWindowView>(
            "find_free_window", "The next window in which nothing stands in the way").Refuses(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Schedule(HttpContext http, string environment_id, DateTimeOffset? from, DateTimeOffset? to)
    {
        var call = Call.Of(http);
        var start = from ?? call.Parts.Time.GetUtcNow();
        var span = EnvironmentInput.Of(start, to ?? start.AddDays(DefaultDays));
        if (span.Length <= TimeSpan.Zero || span.Length > TimeSpan.FromDays(MaxDays))
            return Problems.Unprocessable("range_invalid", $"A schedule is shown for up to {MaxDays} days, and 'to' lies after 'from'.");
        if (await EnvironmentPlace.VisibleAsync(call, environment_id) is not var (place, environment))
            return EnvironmentRoutes.NotFound();
        var related = place.Tree.Related(environment.Id);
        var entries = place.Tree.Entries.Where(e => related.Contains(e.EnvironmentId) && e.Window.Overlaps(span)).Select(EnvironmentViews.Of);
        return Answers.Ok(new ScheduleView(environment_id, span.From, span.To, [.. entries], place.State.Version, place.State.Position), json => json.ScheduleView);
    }

    private static async Task<IResult> Free(HttpContext http, string environment_id, int minutes, DateTimeOffset? from, string? mode)
    {
        var call = Call.Of(http);
        if (minutes is < 1 or > EnvironmentTreeDecider.MaxBookingDays * 24 * 60)
            return Problems.Unprocessable("minutes_invalid", $"A window has from 1 minute to {EnvironmentTreeDecider.MaxBookingDays} days.");
        var wanted = EnvironmentInput.Mode(mode ?? Wire.Name(BookingMode.Exclusive));
        if (wanted.Problem is { } wrong)
            return wrong;
        if (await EnvironmentPlace.VisibleAsync(call, environment_id) is not var (place, environment))
            return EnvironmentRoutes.NotFound();
        var start = (from ?? call.Parts.Time.GetUtcNow()).ToUniversalTime();
        var free = FreeWindow.Next(place.Tree, environment.Id, wanted.Value, new TimeWindow(start, start.AddMinutes(minutes)));
        return Answers.Ok(new FreeWindowView(environment_id, Wire.Name(wanted.Value), free?.From, free?.To), json => json.FreeWindowView);
    }
}
