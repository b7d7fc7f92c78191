using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Rulebooks;
using Planning.Engine;
using Planning.Engine.Audit;
using Planning.Engine.Calendars;
using Planning.Gateway.Audit;
using Planning.Gateway.Calendars;
using Planning.Gateway.Errors;
using Planning.Gateway.OpenApi;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>Calendars for programs that cannot send a key: each has a secret address of its own, which is shown once.</summary>
internal static class FeedRoutes
{
    private const int SecretBytes = 32;

    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/calendar/feeds", (Delegate)Create).Administering("create_calendar_feed", "Make a calendar feed; its secret address is shown this once", Permission.ReadWorkspace)
            .Accepts<CreateFeedRequest>("application/json").Produces<CreatedFeedView>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status404NotFound).Refuses(StatusCodes.Status409Conflict).Refuses(StatusCodes.Status422UnprocessableEntity)
            .AuditedBeforehand(AuditEvent.CalendarFeedChange, AuditAction.Create, "calendar_feed");
        v1.MapGet("/calendar/feeds", (Delegate)List).Administering("list_calendar_feeds", "List the caller's own calendar feeds, without their addresses", Permission.ReadWorkspace)
            .Produces<FeedList>();
        v1.MapDelete("/calendar/feeds/{feed_id}", Revoke).Administering("revoke_calendar_feed", "Revoke a calendar feed of the caller's own; it is gone at once", Permission.ReadWorkspace)
            .Produces(StatusCodes.Status204NoContent).Refuses(StatusCodes.Status404NotFound)
            .AuditedBeforehand(AuditEvent.CalendarFeedChange, AuditAction.Revoke, "calendar_feed");
        v1.MapGet("/calendar/feeds/{secret}.ics", Fetch).WithName("fetch_calendar_feed").WithSummary("Fetch a calendar feed by its secret address, as iCalendar")
            .WithMetadata(HasSecretInAddress.Instance, GivesCalendar.Instance).RequireRateLimiting(RateLimitNames.Feeds)
            .Produces(StatusCodes.Status304NotModified).Refuses(StatusCodes.Status404NotFound).Refuses(StatusCodes.Status429TooManyRequests).Refuses(StatusCodes.Status503ServiceUnavailable);
    }

    private static Task<IResult> Create(HttpContext http) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.CreateFeedRequest, async (call, body) =>
    {
        call.Audit.Says(AuditAction.Create, ("zone", body.Zone), ("environment_id", body.EnvironmentId), ("groups", string.Join(',', call.Actor.Groups)));
        if (!ChangeCalendar.IsZone(body.Zone))
            return Problems.Unprocessable("zone_unknown", $"'{body.Zone}' is no time zone of the IANA database. Use a name such as Europe/Berlin.", new ProblemError("zone_unknown", body.Zone, "/zone"));
        if (body.EnvironmentId is { } id && await EnvironmentPlace.VisibleAsync(call, id) is null)
            return EnvironmentRoutes.NotFound();
        if ((await call.Parts.Directory.ListFeedsAsync(call.Workspace, call.Actor.Id, call.Cancellation)).Count >= CalendarFeed.MaxPerPerson)
            return Problems.Conflict("feeds_too_many", $"{call.Actor.Id} has {CalendarFeed.MaxPerPerson} calendar feeds, which is as many as one may have. Revoke one that nothing fetches.");
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        var feed = new CalendarFeed(
            Ids.New("fed_"), call.Workspace, call.Actor.Id, [.. call.Actor.Groups.Distinct(StringComparer.Ordinal)], body.Zone,
            body.EnvironmentId is null ? null : new EnvironmentId(body.EnvironmentId), HashOf(secret), call.Parts.Time.GetUtcNow());
        await call.Parts.Directory.AddFeedAsync(feed, call.Cancellation);
        return Answers.Created(http, $"/v1/calendar/feeds/{feed.Id}", new CreatedFeedView(ViewOf(feed), $"/v1/calendar/feeds/{secret}.ics"), json => json.CreatedFeedView);
    });

    private static async Task<IResult> List(HttpContext http)
    {
        var call = Call.Of(http);
        return Answers.Ok(new FeedList([.. (await call.Parts.Directory.ListFeedsAsync(call.Workspace, call.Actor.Id, call.Cancellation)).Select(ViewOf)]), json => json.FeedList);
    }

    private static async Task<IResult> Revoke(HttpContext http, string feed_id)
    {
        var call = Call.Of(http);
        return await call.Parts.Directory.RevokeFeedAsync(call.Workspace, call.Actor.Id, feed_id, call.Parts.Time.GetUtcNow(), call.Cancellation) ? Results.NoContent() : NotFound();
    }

    private static async Task<IResult> Fetch(HttpContext http, string secret)
    {
        var parts = http.RequestServices.GetRequiredService<GatewayParts>();
        if (await http.RequestServices.GetRequiredService<FeedReader>().ReadAsync(parts, http, HashOf(secret)) is not { } bytes)
            return NotFound();
        var etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"";
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.ETag = etag;
        return http.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Any(seen => seen == etag || seen == "W/" + etag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : new BytesResult(bytes, "text/calendar; charset=utf-8");
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>The same for one that never was, one that is revoked, and one whose person has lost every key.</summary>
    private static ProblemResult NotFound() => Problems.NotFound("feed_not_found", "There is no calendar feed here. If there was one, it was revoked; make a new one.");

    private static FeedView ViewOf(CalendarFeed f) => new(f.Id, f.ZoneId, f.Groups, f.CreatedAt, f.EnvironmentId?.Value);
}
