using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Engine;
using Planning.Engine.Intake;
using Planning.Engine.Workspaces;
using Planning.Gateway.Errors;
using Planning.Gateway.Mapping;
using Planning.Gateway.OpenApi;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>Opening and closing cycles.</summary>
internal static class CycleRoutes
{
    private const string NotesName = "cycle_notes.yaml";

    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/cycles", (Delegate)Open).Commanding<OpenCycleRequest, CycleView>("open_cycle", "Open a cycle", StatusCodes.Status201Created, Permission.ManageCycles);
        v1.MapGet("/cycles", List).Listing<CycleItem>("list_cycles", "List cycles, newest change first");
        v1.MapGet("/cycles/{cycle_id}", Get).Reading<CycleView>("get_cycle", "Read a cycle");
        v1.MapGet("/cycles/{cycle_id}/kpis", Kpis).Reading<CycleKpisView>("get_cycle_kpis", "Read the KPIs of an open cycle so far")
            .Refuses(StatusCodes.Status409Conflict).WithMetadata(TakesHeader.MinPosition);
        v1.MapPost("/cycles/{cycle_id}/close", Close).Commanding<CloseCycleRequest, CycleView>(
            "close_cycle", "Close a cycle; unfinished plans go on in the next, and the digest is made", StatusCodes.Status200OK, Permission.ManageCycles);
    }

    public static ProblemResult NotFound() => Problems.NotFound("cycle_not_found", "There is no cycle with this id in this workspace.");

    private static Task<IResult> Open(HttpContext http) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.OpenCycleRequest, async (call, body) =>
    {
        if (body.Follows is { } before && !(await CycleAsync(call, before)).Exists)
            return Problems.Unprocessable("cycle_unknown", $"There is no cycle {before} in this workspace that this one could follow.", new ProblemError("cycle_unknown", before, "/follows"));
        var id = new CycleId(Ids.Derived("cyc_", call.Workspace.Value, call.Key.Id));
        return await call.SendAsync(
            EntityKey.Of(call.Workspace, id),
            new CycleCommand.Open(id, body.Name, body.StartsOn, body.EndsOn, [.. body.Goals ?? []], body.Follows is null ? null : new CycleId(body.Follows)),
            accepted =>
            {
                var cycle = (Cycle)accepted.State;
                return Answers.Created(call.Http, $"/v1/cycles/{id}", CycleViews.Of(cycle, cycle.Opened!, accepted.Version, accepted.Position), json => json.CycleView);
            });
    });

    private static Task<IResult> Close(HttpContext http, string cycle_id) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.CloseCycleRequest, async (call, body) =>
    {
        var key = EntityKey.Of(call.Workspace, new CycleId(cycle_id));
        if (!(await call.Parts.Host.ReadAsync(key, call.Cancellation)).Exists)
            return NotFound();
        if (body.NextCycle is { } next && (await PresentCycle.FindAsync(call, next)).Problem is { } noNext)
            return noNext;
        // Which plans are open is asked of a list, so the list must show everything that was answered before.
        var head = await call.Parts.Log.HeadAsync(call.Partition, call.Cancellation);
        if (await call.CatchUpAsync(head) is { } behind)
            return behind;
        var open = await call.Parts.Reads.OpenPlansAsync(call.Workspace, new CycleId(cycle_id), call.Cancellation);
        var notes = await NotesAsync(call, body.Notes);
        if (notes.Problem is { } wrong)
            return wrong;
        return await call.SendAsync(
            key, new CycleCommand.Close(open, body.NextCycle is null ? null : new CycleId(body.NextCycle), notes.Value),
            accepted => View((Cycle)accepted.State, accepted.Version, accepted.Position));
    });

    private static async Task<IResult> Get(HttpContext http, string cycle_id)
    {
        var call = Call.Of(http);
        var state = await call.ReadAsync(EntityKey.Of(call.Workspace, new CycleId(cycle_id)));
        return View((Cycle)state.State, state.Version, state.Position);
    }

    private static async Task<IResult> Kpis(HttpContext http, string cycle_id)
    {
        var call = Call.Of(http);
        var min = call.MinPosition();
        if (min.Problem is { } invalid)
            return invalid;
        var id = new CycleId(cycle_id);
        var state = await call.Parts.Host.ReadAsync(EntityKey.Of(call.Workspace, id), call.Cancellation);
        var cycle = (Cycle)state.State;
        if (cycle.Opened is null)
            return NotFound();
        // What has just been opened is in the answer, too.
        var viewed = new ViewedAt(Math.Max(min.Value ?? 0, state.Position), call.Parts.Time.GetUtcNow());
        return cycle.IsOpen && await call.Parts.Views.KpisAsync(call.Workspace, id, viewed, call.Cancellation) is { } kpis
            ? Answers.Ok(KpiViews.Of(kpis), json => json.CycleKpisView)
            : Problems.Conflict("cycle_closed", $"Cycle {cycle_id} is closed; its KPIs are in its digest, /v1/cycles/{cycle_id}/digest.");
    }

    private static Task<IResult> List(HttpContext http, bool? open, int? limit, string? cursor)
    {
        var call = Call.Of(http);
        return Listing.AnswerAsync(
            call, limit, cursor, page => call.Parts.Reads.ListCyclesAsync(call.Workspace, open, page, call.Cancellation), CycleViews.Of, json => json.PageCycleItem);
    }

    /// <summary>Notes are for the digest, which is made at once: what cannot be read is refused now.</summary>
    private static async ValueTask<Parsed<ContentHash?>> NotesAsync(Call call, string? notes)
    {
        if (string.IsNullOrWhiteSpace(notes))
            return new Parsed<ContentHash?>(null, null);
        return await call.Parts.Intake.TakeAsync(call.Workspace, NotesName, evidence: false, strict: true, Encoding.UTF8.GetBytes(notes), call.Cancellation) switch
        {
            TakenIn.Accepted taken => new Parsed<ContentHash?>(taken.Artifact.Hash, null),
            TakenIn.Refused refused => Problems.Of(refused.Rejection),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static ValueTask<Engine.Entities.EntityState> CycleAsync(Call call, string id) =>
        call.Parts.Host.ReadAsync(EntityKey.Of(call.Workspace, new CycleId(id)), call.Cancellation);

    private static IResult View(Cycle cycle, long version, long position) => cycle.Opened is { } opened
        ? Answers.Ok(CycleViews.Of(cycle, opened, version, position), json => json.CycleView)
        : NotFound();
}
