using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Planning.Contracts;
using Planning.Domain;
using Planning.Engine.Log;
using Planning.Engine.Reads;
using Planning.Gateway.Errors;
using Planning.Gateway.Events;
using Planning.Gateway.Identity;
using Planning.Gateway.OpenApi;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>Events of the caller's workspace: pages from a position, and a live stream.</summary>
internal static class EventRoutes
{
    private const int DefaultPage = 200;

    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/events", Page).Reading<EventPage>("list_events", "Read events after a position, oldest first");
        v1.MapGet("/events/stream", Stream).Reading("stream_events", "Follow events as they happen (server-sent events)")
            .WithMetadata(GivesStream.Instance, TakesHeader.LastEventId).RequireRateLimiting(RateLimitNames.Streams);
    }

    private static async Task<IResult> Page(HttpContext http, long? after, int? limit, string? types, string? entity)
    {
        var call = Call.Of(http);
        var (filter, wrong) = EventFilter.Of(Viewer.Of(call.Workspace, call.Actor), types, entity);
        if (wrong is not null)
            return wrong;
        if (limit < 1 || limit > call.Parts.Options.MaxEventPage)
            return Problems.Unprocessable("limit_invalid", $"A page has 1 to {call.Parts.Options.MaxEventPage} events; limit is {limit}.");
        var position = Math.Max(0, after ?? 0);
        var epoch = call.Parts.Log.Epoch;
        var events = await call.Parts.Log.ReadWorkspaceAsync(call.Workspace, position, limit ?? DefaultPage, call.Cancellation);
        return new PageResult([.. events.Where(filter!.Wants)], events.Count == 0 ? position : events[^1].Position, epoch);
    }

    private static async Task<IResult> Stream(HttpContext http, string? types, string? entity, string? after)
    {
        var call = Call.Of(http);
        var (filter, wrong) = EventFilter.Of(Viewer.Of(call.Workspace, call.Actor), types, entity);
        if (wrong is not null)
            return wrong;
        var given = http.Request.Headers["Last-Event-ID"] is { Count: > 0 } header ? header.ToString() : after;
        var place = string.IsNullOrEmpty(given) ? null
            : long.TryParse(given, out var bare) && bare >= 0 ? new EventPlace(call.Parts.Log.Epoch, bare)
            : EventPlace.Parse(given);
        if (place is null && !string.IsNullOrEmpty(given))
            return Problems.BadRequest("last_event_id_invalid", $"'{given}' is no id of this stream. Give the last one you got, <epoch>:<position>, or a position, or none to start now.");

        // Without this, an open stream would hold up the shutdown until its time-out.
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        var callers = http.RequestServices.GetRequiredService<Callers>();
        try
        {
            await new EventStream(call, filter!, async () => await StillAllowedAsync(callers, http), either.Token).RunAsync(place);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The caller has gone, or the server goes; either way the client knows its place.
        }
        return Results.Empty;
    }

    private static async ValueTask<bool> StillAllowedAsync(Callers callers, HttpContext http) =>
        (await callers.FindAsync(http)).Caller is { } caller && Permissions.Refuse(caller.Actor, Permission.ReadWorkspace) is null;

    /// <summary>A page of envelopes, written as they are stored.</summary>
    private sealed class PageResult(StoredEvent[] events, long next, string epoch) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            var output = httpContext.Response.BodyWriter;
            output.Write("{\"events\":["u8);
            for (var i = 0; i < events.Length; i++)
            {
                if (i > 0)
                    output.Write(","u8);
                EventEnvelopes.Write(output, events[i]);
            }
            output.Write(Encoding.UTF8.GetBytes($"],\"next_position\":{next},\"epoch\":\"{JsonEncodedText.Encode(epoch)}\"}}"));
            await output.FlushAsync(httpContext.RequestAborted);
        }
    }
}
