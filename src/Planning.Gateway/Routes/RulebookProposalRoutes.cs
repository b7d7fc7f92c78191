using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Rulebooks;
using Planning.Engine.Audit;
using Planning.Engine.Reads;
using Planning.Engine.Rulebooks;
using Planning.Gateway.Audit;
using Planning.Gateway.Mapping;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>Rulebooks before they hold, and what became of them.</summary>
internal static class RulebookProposalRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/rulebooks/validate", (Delegate)Validate).Judging<ProposeRulebookRequest, RulebookCheckView>(
            "validate_rulebook", "List everything that is wrong with a rulebook");
        v1.MapPost("/rulebooks", (Delegate)Propose).Commanding<ProposeRulebookRequest, RulebookProposalView>(
            "propose_rulebook", "Check a rulebook and keep it for a dry run", StatusCodes.Status201Created, Permission.ManageRulebook)
            .Audited(AuditEvent.RulebookChange, AuditAction.Create, "rulebook");
        v1.MapGet("/rulebooks", List).Listing<RulebookHistoryItem>("list_rulebooks", "List what was proposed and activated, the last first");
        v1.MapGet("/rulebooks/{hash}", Get).Reading<RulebookView>("get_rulebook_by_hash", "Read a rulebook that holds, held or is proposed");
    }

    private static Task<IResult> Validate(HttpContext http) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.ProposeRulebookRequest, (_, body) =>
    {
        var files = RulebookViews.FilesOf(body.Files);
        var reading = RulebookReader.Read(files);
        return Task.FromResult(Answers.Ok(
            new RulebookCheckView(files.Hash.Value, reading.Rulebook is not null, [.. reading.Findings.Select(GateRunViews.Of)]), json => json.RulebookCheckView));
    });

    private static Task<IResult> Propose(HttpContext http) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.ProposeRulebookRequest, async (call, body) =>
    {
        var files = RulebookViews.FilesOf(body.Files);
        var reading = RulebookReader.Read(files);
        if (reading.Rulebook is null)
            return RulebookViews.Refused(reading.Findings);
        call.Audit.Says(AuditAction.Create, ("rulebook_hash", files.Hash.Value));
        await RulebookPlace.KeepAsync(call, files);
        return await call.SendAsync(
            EntityKey.RulebookOf(call.Workspace), new RulebookCommand.Propose(files.Hash, files.FileHashes),
            accepted => Answers.Created(
                call.Http, $"/v1/rulebooks/{files.Hash}",
                new RulebookProposalView(
                    files.Hash.Value, RulebookViews.StatusOf((RulebookHistory)accepted.State, files.Hash), [.. reading.Findings.Select(GateRunViews.Of)],
                    accepted.Version, accepted.Position),
                json => json.RulebookProposalView));
    });

    private static async Task<IResult> Get(HttpContext http, string hash)
    {
        var call = Call.Of(http);
        var state = await call.ReadAsync(EntityKey.RulebookOf(call.Workspace));
        var history = (RulebookHistory)state.State;
        var files = await RulebookPlace.FilesAsync(call, history, hash);
        return files.Problem is { } problem
            ? problem
            : Answers.Ok(RulebookViews.Of(files.Value!, history.All.GetValueOrDefault(hash)?.Replaces, state.Version, state.Position), json => json.RulebookView);
    }

    private static async Task<IResult> List(HttpContext http, int? limit, string? cursor)
    {
        var call = Call.Of(http);
        if (Listing.LimitProblem(limit) is { } wrong)
            return wrong;
        var entity = EntityKey.RulebookOf(call.Workspace);
        var state = await call.Parts.Host.ReadAsync(entity, call.Cancellation);
        var before = Math.Min(state.Version + 1, ListCursor.Read(call.Workspace, ListNames.Rulebooks, string.IsNullOrEmpty(cursor) ? null : cursor));
        var first = Math.Max(1, before - (limit ?? Listing.DefaultLimit));
        var events = await call.Parts.Log.ReadEntityAsync(entity, first - 1, call.Cancellation);
        return Answers.Ok(
            new Contracts.Page<RulebookHistoryItem>(
                [.. events.Where(e => e.Version < before).Reverse().Select(e => RulebookViews.Of(e, (RulebookHistory)state.State))],
                first > 1 ? ListCursor.Write(call.Workspace, ListNames.Rulebooks, first) : null),
            json => json.PageRulebookHistoryItem);
    }
}
