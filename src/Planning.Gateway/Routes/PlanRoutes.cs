using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine;
using Planning.Engine.Entities;
using Planning.Engine.Reads;
using Planning.Gateway.Errors;
using Planning.Gateway.Mapping;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>Creating, listing, reading, editing and cloning plans.</summary>
internal static class PlanRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/plans", (Delegate)Create).Commanding<CreatePlanRequest, PlanView>("create_plan", "Create a plan", StatusCodes.Status201Created, Permission.EditPlan);
        v1.MapGet("/plans", List).Listing<PlanItem>("list_plans", "List plans, newest change first");
        v1.MapGet("/plans/{plan_id}", Get).Reading<PlanView>("get_plan", "Read a plan as it stands");
        v1.MapPatch("/plans/{plan_id}", Update).Commanding<UpdatePlanRequest, PlanView>("update_plan", "Change a plan; what is not given stays", StatusCodes.Status200OK, Permission.EditPlan);
        v1.MapPost("/plans/{plan_id}/clone", Clone).Commanding<ClonePlanRequest, PlanView>("clone_plan", "Make a new plan with the content of another", StatusCodes.Status201Created, Permission.EditPlan);
    }

    public static EntityKey KeyOf(Call call, string planId) => EntityKey.Of(call.Workspace, new PlanId(planId));

    public static ProblemResult NotFound() => Problems.NotFound("plan_not_found", "There is no plan with this id in this workspace.");

    public static IResult View(Answer.Accepted accepted) =>
        Answers.Ok(PlanViews.Of((Plan)accepted.State, accepted.Version, accepted.Position), json => json.PlanView);

    private static Task<IResult> Create(HttpContext http) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.CreatePlanRequest, async (call, body) =>
    {
        var cycle = await PresentCycle.FindAsync(call, body.CycleId);
        if (cycle.Problem is { } noCycle)
            return noCycle;
        var id = NewId(call);
        return await call.SendAsync(
            EntityKey.Of(call.Workspace, id),
            new PlanCommand.Create(
                id, body.Title, body.Description, body.Stream, cycle.Value, TagsOf(body.Tags) ?? ImmutableSortedDictionary<string, string>.Empty,
                body.Priority, PlanViews.Of(body.Window), PersonOf(body.EmergencyContact), body.RollbackPlan),
            accepted => Created(call, accepted));
    });

    private static Task<IResult> Update(HttpContext http, string plan_id) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.UpdatePlanRequest, (call, body) =>
        call.SendAsync(
            KeyOf(call, plan_id),
            new PlanCommand.Update(
                NextRun(call, plan_id), body.Title, body.Description, TagsOf(body.Tags), body.Priority, PlanViews.Of(body.Window),
                PersonOf(body.EmergencyContact), body.RollbackPlan),
            View));

    private static Task<IResult> Clone(HttpContext http, string plan_id) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.ClonePlanRequest, async (call, body) =>
    {
        var origin = (Plan)(await call.Parts.Host.ReadAsync(KeyOf(call, plan_id), call.Cancellation)).State;
        if (!origin.Exists)
            return NotFound();
        var cycle = await PresentCycle.FindAsync(call, body.CycleId);
        if (cycle.Problem is { } noCycle)
            return noCycle;
        var id = NewId(call);
        return await call.SendAsync(
            EntityKey.Of(call.Workspace, id),
            new PlanCommand.Create(
                id, body.Title ?? origin.Title, origin.Description, origin.Stream, cycle.Value, origin.GivenTags, origin.GivenPriority,
                origin.GivenWindow, origin.EmergencyContact, origin.RollbackPlan, origin.Id, [.. origin.Content]),
            accepted => Created(call, accepted));
    });

    private static async Task<IResult> Get(HttpContext http, string plan_id)
    {
        var call = Call.Of(http);
        var state = await call.ReadAsync(KeyOf(call, plan_id));
        return state.Exists
            ? Answers.Ok(PlanViews.Of((Plan)state.State, state.Version, state.Position), json => json.PlanView)
            : NotFound();
    }

    private static Task<IResult> List(
        HttpContext http, string? status, string? stream, string? cycle_id, string? author, int? priority, string? tag, string? text, int? limit, string? cursor)
    {
        var call = Call.Of(http);
        var known = status is null ? null : Wire.FindStatus(status);
        if (status is not null && known is null)
            return Task.FromResult<IResult>(Problems.Unprocessable("filter_invalid", $"There is no status '{status}'; there are {string.Join(", ", Wire.Statuses)}."));
        var pair = tag?.Split(':', 2);
        if (pair is { Length: 1 })
            return Task.FromResult<IResult>(Problems.Unprocessable("filter_invalid", $"A tag filter reads name:value, such as compliance:sox; this is '{tag}'."));
        var filter = new PlanFilter(
            known, stream, cycle_id is null ? null : new CycleId(cycle_id), author is null ? null : new PersonId(author), priority,
            pair is null ? null : new KeyValuePair<string, string>(pair[0], pair[1]), text);
        return Listing.AnswerAsync(
            call, limit, cursor, page => call.Parts.Reads.ListPlansAsync(call.Workspace, filter, page, call.Cancellation), PlanViews.Of, json => json.PagePlanItem);
    }

    /// <summary>Derived from the command's key: a create that is sent again finds the plan that it made.</summary>
    private static PlanId NewId(Call call) => new(Ids.Derived("pln_", call.Workspace.Value, call.Key.Id));

    /// <summary>The run that an edit of a packaged plan starts, if it does.</summary>
    public static GateRunId NextRun(Call call, string planId) => new(Ids.Derived("gtr_", call.Workspace.Value, planId, call.Key.Id));

    private static IResult Created(Call call, Answer.Accepted accepted)
    {
        var plan = PlanViews.Of((Plan)accepted.State, accepted.Version, accepted.Position);
        return Answers.Created(call.Http, $"/v1/plans/{plan.Id}", plan, json => json.PlanView);
    }

    private static ImmutableSortedDictionary<string, string>? TagsOf(IReadOnlyDictionary<string, string>? tags) => tags?.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static PersonId? PersonOf(string? id) => id is null ? null : new PersonId(id);
}
