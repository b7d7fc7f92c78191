using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Rulebooks;
using Planning.Engine.Audit;
using Planning.Engine.Rulebooks;
using Planning.Gateway.Audit;
using Planning.Gateway.Mapping;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>The rulebook that holds, and another in its place: a set of files at once, or by its hash one that is proposed or held before.</summary>
internal static class RulebookRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/rulebook", (Delegate)Get).Reading<RulebookView>("get_rulebook", "Read the rulebook that holds, file by file");
        v1.MapPut("/rulebook", (Delegate)Replace).Commanding<ActivateRulebookRequest, RulebookView>(
            "activate_rulebook", "Check a rulebook and let it hold from now on", StatusCodes.Status200OK, Permission.ManageRulebook)
            .Audited(AuditEvent.RulebookChange, AuditAction.Activate, "rulebook");
        v1.MapPost("/rulebooks/{hash}/activate", Activate).Commanding<RulebookView>(
            "activate_rulebook_by_hash", "Let a rulebook hold that is proposed, or held before", StatusCodes.Status200OK, Permission.ManageRulebook)
            .Refuses(StatusCodes.Status404NotFound)
            .Audited(AuditEvent.RulebookChange, AuditAction.Activate, "rulebook");
    }

    private static async Task<IResult> Get(HttpContext http)
    {
        var call = Call.Of(http);
        var state = await call.ReadAsync(EntityKey.RulebookOf(call.Workspace));
        var history = (RulebookHistory)state.State;
        var files = await RulebookPlace.FilesAsync(call, history, RulebookViews.HashOf(history).Value);
        return files.Problem is { } problem
            ? problem
            : Answers.Ok(RulebookViews.Of(files.Value!, history.Active?.Replaces, state.Version, state.Position), json => json.RulebookView);
    }

    private static Task<IResult> Replace(HttpContext http) => Call.Of(http).WithBodyAsync(
        ContractsJson.Strict.ActivateRulebookRequest, (call, body) => ActivateAsync(call, RulebookViews.FilesOf(body.Files)));

    private static Task<IResult> Activate(HttpContext http, string hash) => Call.Of(http).WithBytesAsync(ReadOnlyMemory<byte>.Empty, async call =>
    {
        var state = await call.Parts.Host.ReadAsync(EntityKey.RulebookOf(call.Workspace), call.Cancellation);
        var files = await RulebookPlace.FilesAsync(call, (RulebookHistory)state.State, hash);
        return files.Problem is { } problem ? problem : await ActivateAsync(call, files.Value!);
    });

    private static async Task<IResult> ActivateAsync(Call call, RulebookFiles files)
    {
        if (RulebookPlace.Read(files).Problem is { } invalid)
            return invalid;
        call.Audit.Says(AuditAction.Activate, ("rulebook_hash", files.Hash.Value));
        await RulebookPlace.KeepAsync(call, files);
        return await call.SendAsync(
            EntityKey.RulebookOf(call.Workspace), new RulebookCommand.Activate(files.Hash, files.FileHashes),
            accepted => Answers.Ok(
                RulebookViews.Of(files, ((RulebookHistory)accepted.State).Active?.Replaces, accepted.Version, accepted.Position), json => json.RulebookView));
    }
}
