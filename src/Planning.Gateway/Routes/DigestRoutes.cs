using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Engine.Digests;
using Planning.Gateway.Errors;
using Planning.Gateway.OpenApi;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>The digest of a closed cycle, as Markdown for people or as JSON for programs.</summary>
internal static class DigestRoutes
{
    private const string Markdown = "text/markdown; charset=utf-8";
    private const string Json = "application/json";

    public static void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/cycles/{cycle_id}/digest", Get)
            .Reading("get_digest", "Read the digest of a closed cycle: Accept: text/markdown or application/json").WithMetadata(GivesBytes.Instance)
            .Refuses(StatusCodes.Status406NotAcceptable);

    private static async Task<IResult> Get(HttpContext http, string cycle_id)
    {
        var call = Call.Of(http);
        var cycle = (Cycle)(await call.Parts.Host.ReadAsync(EntityKey.Of(call.Workspace, new CycleId(cycle_id)), call.Cancellation)).State;
        if (cycle.Opened is null)
            return CycleRoutes.NotFound();
        if (cycle.IsOpen)
            return Problems.Conflict("cycle_open", $"Cycle {cycle_id} is open; its digest is made when it is closed.");
        if (TypeFor(http.Request) is not { } type)
            return new ProblemResult(StatusCodes.Status406NotAcceptable, "not_acceptable", "A digest comes as text/markdown or application/json. Ask for one of them.", []);
        if (await http.RequestServices.GetRequiredService<IDigestStore>().FindAsync(call.Workspace, new CycleId(cycle_id), call.Cancellation) is not { } digest)
            return Problems.Unavailable("digest_not_ready", "The cycle is closed and its digest is being made. Ask again in a moment.");
        var hash = type == Json ? digest.Json : digest.Markdown;
        return await call.Parts.Blobs.GetAsync(call.Workspace, hash, call.Cancellation) is { } bytes
            ? new BytesResult(bytes, type, hash.Value)
            : Problems.Conflict("artifact_damaged", $"The stored digest {hash} is missing or damaged. Restore it from the backup copy; rendering the cycle again gives the same bytes.");
    }

    /// <summary>The first acceptable one, as RFC 9110 weighs them; Markdown where anything will do. Null where neither will.</summary>
    private static string? TypeFor(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept.Where(a => a.Quality is not 0).OrderByDescending(a => a.Quality ?? 1).ToArray();
        if (accepted.Length == 0)
            return Markdown;
        foreach (var range in accepted)
        {
            if (range.MatchesAllTypes || range.MediaType == "text/markdown" || range.MediaType == "text/*")
                return Markdown;
            if (range.MediaType == Json || range.MediaType == "application/*")
                return Json;
        }
        return null;
    }
}
