using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Governance;
using Planning.Domain.Rulebooks;
using Planning.Engine.Reads;
using Planning.Gateway.Errors;
using Planning.Gateway.Mapping;
using Planning.Gateway.OpenApi;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>What would become of the verdicts on open plans if another rulebook held; nothing becomes of them.</summary>
internal static class DryRunRoutes
{
    public static void Map(RouteGroupBuilder v1) => v1.MapGet("/rulebooks/{hash}/dry-run", DryRun)
        .Reading<DryRunView>("dry_run_rulebook", "List open plans whose verdicts would flip under a rulebook, newest first").WithMetadata(TakesHeader.MinPosition);

    private static async Task<IResult> DryRun(HttpContext http, string hash, string? stream, int? limit, string? cursor)
    {
        var call = Call.Of(http);
        var dryRun = call.Parts.DryRun;
        if (limit < 1 || limit > dryRun.MaxPlans)
            return Problems.Unprocessable("limit_invalid", $"A page of a dry run judges 1 to max_dry_run_plans = {dryRun.MaxPlans} plans; limit is {limit}.");
        var min = call.MinPosition();
        if (min.Problem is { } invalid)
            return invalid;
        var state = await call.Parts.Host.ReadAsync(EntityKey.RulebookOf(call.Workspace), call.Cancellation);
        var files = await RulebookPlace.FilesAsync(call, (RulebookHistory)state.State, hash);
        if (files.Problem is { } missing)
            return missing;
        var other = RulebookPlace.Read(files.Value!);
        if (other.Problem is { } unreadable)
            return unreadable;

        var list = ListNames.DryRun(hash, stream);
        var query = new ComplianceQuery(null, stream, ListCursor.Read(call.Workspace, list, string.IsNullOrEmpty(cursor) ? null : cursor), limit ?? dryRun.MaxPlans);
        var open = await call.Parts.Views.ComplianceAsync(call.Workspace, query, new(min.Value ?? 0, call.Parts.Time.GetUtcNow()), call.Cancellation);
        var holding = await call.Parts.Rulebooks.ActiveAsync(call.Workspace, call.Cancellation);
        var page = await dryRun.JudgeAsync(call.Workspace, open, holding, other.Value!, call.Cancellation);
        return Answers.Ok(
            new DryRunView(
                hash, holding.Hash.Value, open.At, open.Position, page.Judged, [.. page.Plans.Select(RulebookViews.Of)],
                page.Next is { } next ? ListCursor.Write(call.Workspace, list, next) : null),
            json => json.DryRunView);
    }
}
