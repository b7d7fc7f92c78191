using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Intake;
using Planning.Gateway.Errors;
using Planning.Gateway.Identity;
using Planning.Gateway.Mapping;
using Planning.Gateway.OpenApi;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>Artifacts and evidence as raw bytes under their names.</summary>
internal static class ArtifactRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        Map(v1, "artifacts", "artifact", evidence: false, Permission.EditPlan);
        Map(v1, "evidence", "evidence", evidence: true, Permission.AttachEvidence);
        v1.MapDelete("/plans/{plan_id}/artifacts/{**name}", Remove).Commanding<PlanView>("remove_artifact", "Remove an artifact from a plan", StatusCodes.Status200OK, Permission.EditPlan);
    }

    private static void Map(RouteGroupBuilder v1, string path, string noun, bool evidence, Permission needs)
    {
        v1.MapPut($"/plans/{{plan_id}}/{path}/{{**name}}", (HttpContext http, string plan_id, string name, bool? strict) => Attach(http, plan_id, name, evidence, strict ?? false))
            .Commanding<ArtifactView>($"attach_{noun}", $"Attach {noun}: the body is the file itself", StatusCodes.Status200OK, needs)
            .WithMetadata(TakesBytes.Instance)
            .Refuses(StatusCodes.Status413PayloadTooLarge)
            .RequireRateLimiting(RateLimitNames.Uploads);
        v1.MapGet($"/plans/{{plan_id}}/{path}/{{**name}}", (HttpContext http, string plan_id, string name) => Get(http, plan_id, name, evidence))
            .Reading($"get_{noun}", $"Read the bytes of {noun} as they were received").WithMetadata(GivesBytes.Instance);
    }

    private static async Task<IResult> Attach(HttpContext http, string planId, string name, bool evidence, bool strict)
    {
        var call = Call.Of(http);
        var key = PlanRoutes.KeyOf(call, planId);
        // Looked up first, so that nothing is stored for a plan that is not there.
        if (!(await call.Parts.Host.ReadAsync(key, call.Cancellation)).Exists)
            return PlanRoutes.NotFound();
        var max = call.Parts.Intake.Limits.MaxBytes;
        if (await RawBody.ReadAsync(http, max) is not { } bytes)
            return Problems.TooLarge("max_bytes", max);
        return await call.WithBytesAsync(bytes, async _ => await call.Parts.Intake.TakeAsync(call.Workspace, name, evidence, strict, bytes, call.Cancellation) switch
        {
            TakenIn.Accepted taken => await call.SendAsync(
                key,
                new PlanCommand.Attach([taken.Artifact], PlanRoutes.NextRun(call, planId)),
                accepted => View(planId, taken, (Plan)accepted.State, accepted.Version, accepted.Position)),
            TakenIn.Refused refused => Problems.Of(refused.Rejection),
            _ => throw new System.Diagnostics.UnreachableException(),
        });
    }

    private static IResult View(string planId, TakenIn.Accepted taken, Plan plan, long version, long position) => Answers.Ok(
        new ArtifactView(
            planId, taken.Artifact.Name, taken.Artifact.Kind, taken.Artifact.Hash.Value, taken.Artifact.SizeBytes, taken.Artifact.Evidence,
            [.. taken.Findings.Select(GateRunViews.Of)], plan.ContentHash.Value, version, position, PlanViews.Of(plan.Pending)),
        json => json.ArtifactView);

    private static async Task<IResult> Get(HttpContext http, string planId, string name, bool evidence)
    {
        var call = Call.Of(http);
        var plan = (Plan)(await call.Parts.Host.ReadAsync(PlanRoutes.KeyOf(call, planId), call.Cancellation)).State;
        if (!plan.Exists)
            return PlanRoutes.NotFound();
        if (plan.Artifacts.GetValueOrDefault(name) is not { } artifact || artifact.Evidence != evidence)
            return NotFound(name, evidence);
        if (await call.Parts.Blobs.GetAsync(call.Workspace, artifact.Hash, call.Cancellation) is not { } bytes)
            return Problems.Conflict("artifact_damaged", $"The stored bytes of {name} are missing or no longer have the checksum {artifact.Hash}. Restore them from the backup copy.");
        return new BytesResult(bytes, ContentTypes.Of(name), artifact.Hash.Value);
    }

    private static Task<IResult> Remove(HttpContext http, string plan_id, string name)
    {
        var call = Call.Of(http);
        return call.WithBytesAsync(ReadOnlyMemory<byte>.Empty, async _ =>
        {
            var plan = (Plan)(await call.Parts.Host.ReadAsync(PlanRoutes.KeyOf(call, plan_id), call.Cancellation)).State;
            // A repeated removal finds nothing to remove; the entity knows the command again and answers as before.
            if (plan.Exists && !plan.Artifacts.ContainsKey(name) && !call.Key.Given)
                return NotFound(name, evidence: false);
            var answer = await call.SendAsync(
                PlanRoutes.KeyOf(call, plan_id), new PlanCommand.Update(PlanRoutes.NextRun(call, plan_id), RemovedArtifacts: [name]), PlanRoutes.View);
            return answer is ProblemResult { Code: "artifact_not_found" } ? NotFound(name, evidence: false) : answer;
        });
    }

    private static ProblemResult NotFound(string name, bool evidence) => Problems.NotFound(
        "artifact_not_found", $"The plan has no {(evidence ? "evidence" : "artifact")} '{name}'. GET the plan to see what it has.");
}
