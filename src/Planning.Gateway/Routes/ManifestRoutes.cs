using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Handoff;
using Planning.Domain.Plans;
using Planning.Engine.Audit;
using Planning.Engine.Entities;
using Planning.Engine.Handoff.Packs;
using Planning.Engine.People;
using Planning.Gateway.Audit;
using Planning.Gateway.Errors;
using Planning.Gateway.Mapping;
using Planning.Gateway.OpenApi;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>Manifests, the bytes that are signed, signatures, and the evidence pack.</summary>
internal static class ManifestRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/manifests", (HttpContext http, string? plan_id, int? limit, string? cursor) => List(http, plan_id, limit, cursor))
            .Listing<ManifestItem>("list_manifests", "List manifests, the latest first");
        v1.MapGet("/manifests/{manifest_id}", Get).Reading<ManifestView>("get_manifest", "Read a manifest with its signatures").WithMetadata(TakesHeader.Prefer);
        v1.MapGet("/manifests/{manifest_id}/document", Document).Reading("get_manifest_document", "Read the canonical bytes that are signed").WithMetadata(GivesBytes.Instance, TakesHeader.Prefer);
        v1.MapPost("/manifests/{manifest_id}/signatures", Sign).Commanding<SignRequest, ManifestView>(
            "sign_manifest", "Add a signature that was made with a registered key", StatusCodes.Status200OK, Permission.SignAsLead, Permission.SignAsReviewer)
            .Audited(AuditEvent.ManifestSignature, AuditAction.Sign, "manifest");
        v1.MapGet("/manifests/{manifest_id}/pack", Pack).Reading("get_evidence_pack", "Export a sealed manifest with all that proves it, as one file").WithMetadata(GivesBytes.Instance);
    }

    private static Task<IResult> List(HttpContext http, string? planId, int? limit, string? cursor)
    {
        var call = Call.Of(http);
        PlanId? plan = planId is null ? null : new PlanId(planId);
        return Listing.AnswerAsync(
            call, limit, cursor, page => call.Parts.Reads.ListManifestsAsync(call.Workspace, plan, page, call.Cancellation), ManifestViews.Of, json => json.PageManifestItem);
    }

    private static async Task<IResult> Get(HttpContext http, string manifest_id)
    {
        var call = Call.Of(http);
        await MadeAsync(call, manifest_id);
        var state = await call.ReadAsync(KeyOf(call, manifest_id));
        return View((Manifest)state.State, state.Version, state.Position);
    }

    private static async Task<IResult> Document(HttpContext http, string manifest_id)
    {
        var call = Call.Of(http);
        await MadeAsync(call, manifest_id);
        var manifest = (Manifest)(await call.Parts.Host.ReadAsync(KeyOf(call, manifest_id), call.Cancellation)).State;
        if (manifest.Created is not { } created)
            return NotFound();
        return await call.Parts.Blobs.GetAsync(call.Workspace, created.Document, call.Cancellation) is { } bytes
            ? new BytesResult(bytes, "application/json", created.Document.Value)
            : Problems.Conflict("artifact_damaged", $"The stored document {created.Document} is missing or damaged. Restore it from the backup copy.");
    }

    /// <summary>A manifest is made a moment after its plan was packaged; who prefers to wait is spared the asking again.</summary>
    private static async Task MadeAsync(Call call, string manifestId)
    {
        if (Preconditions.Wait(call.Http.Request, call.Parts.Options.MaxPreferWait) is not { } wait)
            return;
        await call.Parts.Watch.WaitAsync(KeyOf(call, manifestId), state => ((Manifest)state).Created is not null, wait, call.Cancellation);
        call.Http.Response.Headers["Preference-Applied"] = "wait";
    }

    private static Task<IResult> Sign(HttpContext http, string manifest_id) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.SignRequest, async (call, body) =>
    {
        call.Audit.Says(AuditAction.Sign, ("key_fingerprint", body.KeyFingerprint));
        var key = KeyOf(call, manifest_id);
        var manifest = (Manifest)(await call.Parts.Host.ReadAsync(key, call.Cancellation)).State;
        if (manifest.Created is not { } created)
            return NotFound();
        var plan = (Plan)(await call.Parts.Host.ReadAsync(EntityKey.Of(call.Workspace, created.PlanId), call.Cancellation)).State;
        var signer = await call.Parts.Directory.FindSignerKeyAsync(call.Workspace, body.KeyFingerprint, call.Cancellation);
        return await call.SendAsync(
            key, new ManifestCommand.Sign(body.KeyFingerprint, body.Signature, Registered(signer), plan.Manifest),
            accepted => View((Manifest)accepted.State, accepted.Version, accepted.Position));
    });

    private static async Task<IResult> Pack(HttpContext http, string manifest_id)
    {
        var call = Call.Of(http);
        var export = await http.RequestServices.GetRequiredService<PackWriter>().WriteAsync(call.Workspace, new ManifestId(manifest_id), call.Cancellation);
        return export.Refused is { } refused
            ? Problems.Of(refused)
            : new BytesResult(export.Bytes, "application/json", fileName: $"{manifest_id}.pack");
    }

    private static IResult View(Manifest manifest, long version, long position) => manifest.Created is { } created
        ? Answers.Ok(ManifestViews.Of(manifest, created, version, position), json => json.ManifestView)
        : NotFound();

    private static RegisteredKey? Registered(SignerKey? key) => key is null ? null : new RegisteredKey(
        key.Fingerprint, key.PublicKeyPem, key.Person, key.Role, key.ValidFrom, key.ValidTo, key.RevokedAt);

    private static EntityKey KeyOf(Call call, string id) => EntityKey.Of(call.Workspace, new ManifestId(id));

    private static ProblemResult NotFound() => Problems.NotFound("manifest_not_found", "There is no manifest with this id in this workspace.");
}
