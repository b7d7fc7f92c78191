using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Planning.Contracts;
using Planning.Domain;
using Planning.Engine.Audit;
using Planning.Engine.People;
using Planning.Gateway.Audit;
using Planning.Gateway.Errors;
using Planning.Gateway.Identity;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>API keys of the caller's workspace. A token is shown once.</summary>
internal static class ApiKeyRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/api-keys", (Delegate)Create).Administering("create_api_key", "Create an API key; its token is shown this once", Permission.ManageRoles)
            .Accepts<CreateApiKeyRequest>("application/json").Produces<CreatedApiKeyView>(StatusCodes.Status201Created).Refuses(StatusCodes.Status422UnprocessableEntity)
            .AuditedBeforehand(AuditEvent.ApiKeyChange, AuditAction.Create, "api_key");
        v1.MapGet("/api-keys", (Delegate)List).Administering("list_api_keys", "List the API keys of this workspace, without their secrets", Permission.ManageRoles).Produces<ApiKeyList>()
            .Audited(AuditEvent.ApiKeyView, AuditAction.View, "api_key");
        v1.MapPost("/api-keys/{key_id}/step-up", StepUp).Administering(
            "step_up_api_key", "Record that the holder of a key has proved who they are by a second factor; it counts for a while", Permission.ManageRoles)
            .Accepts<StepUpRequest>("application/json").Produces<ApiKeyView>().Refuses(StatusCodes.Status404NotFound).Refuses(StatusCodes.Status422UnprocessableEntity)
            .AuditedBeforehand(AuditEvent.ApiKeyChange, AuditAction.StepUp, "api_key");
        v1.MapDelete("/api-keys/{key_id}", Revoke).Administering("revoke_api_key", "Revoke an API key; it is refused within seconds", Permission.ManageRoles)
            .Produces(StatusCodes.Status204NoContent).Refuses(StatusCodes.Status404NotFound)
            .AuditedBeforehand(AuditEvent.ApiKeyChange, AuditAction.Revoke, "api_key");
    }

    private static Task<IResult> Create(HttpContext http) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.CreateApiKeyRequest, async (call, body) =>
    {
        call.Audit.Says(
            AuditAction.Create, ("holder", body.Holder), ("kind", body.Kind), ("roles", string.Join(',', body.Roles)), ("groups", body.Groups is null ? null : string.Join(',', body.Groups)));
        ActorKind? kind = body.Kind switch { "person" => ActorKind.Person, "service" => ActorKind.Service, _ => null };
        if (kind is null)
            return Invalid("/kind", $"A key acts as a person or a service, not as '{body.Kind}'.");
        if (!PersonIds.IsValid(body.Holder))
            return Invalid("/holder", $"'{body.Holder}' is no person's or service's id: {PersonIds.Form}.");
        var unknown = body.Roles.Where(r => Wire.Find<Role>(r) is null).ToArray();
        if (unknown.Length > 0 || body.Roles.Count == 0)
            return Invalid("/roles", $"A key has one or more of the roles {string.Join(", ", Wire.All<Role>())}{(unknown.Length > 0 ? $"; there is no {string.Join(" and no ", unknown)}" : "")}.");
        if (body.Groups?.FirstOrDefault(g => !GroupNames.IsValid(g)) is { } group)
            return Invalid("/groups", $"'{group}' is no group: {GroupNames.Form}.");
        var now = call.Parts.Time.GetUtcNow();
        if (body.ExpiresAt <= now)
            return Invalid("/expires_at", $"The key would expire at {body.ExpiresAt:O}, which is past.");

        var (key, token) = ApiKeyToken.Issue(
            call.Workspace, new PersonId(body.Holder), kind.Value, [.. body.Roles.Select(r => Wire.Find<Role>(r)!.Value).Distinct()], now, body.ExpiresAt?.ToUniversalTime());
        key = key with { Groups = [.. (body.Groups ?? []).Distinct()] };
        await call.Parts.Directory.AddApiKeyAsync(key, call.Cancellation);
        Forget(http);
        return Answers.Created(http, $"/v1/api-keys/{key.KeyId}", new CreatedApiKeyView(View(key), token.ToString()), json => json.CreatedApiKeyView);
    });

    private static async Task<IResult> List(HttpContext http)
    {
        var call = Call.Of(http);
        return Answers.Ok(new ApiKeyList([.. (await call.Parts.Directory.ListApiKeysAsync(call.Workspace, call.Cancellation)).Select(View)]), json => json.ApiKeyList);
    }

    private static Task<IResult> StepUp(HttpContext http, string key_id) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.StepUpRequest, async (call, body) =>
    {
        var now = call.Parts.Time.GetUtcNow();
        var at = body.At?.ToUniversalTime() ?? now;
        if (at > now)
            return Invalid("/at", $"The second factor would be given at {at:O}, which has not come.");
        if ((await call.Parts.Directory.ListApiKeysAsync(call.Workspace, call.Cancellation)).FirstOrDefault(k => k.KeyId == key_id) is not { } key)
            return NotFound();
        // Nobody vouches for themselves: an admin who approves, too, has another admin look.
        if (key.Holder == call.Actor.Id)
            return Problems.Forbidden("step_up_of_own_key", $"{call.Actor.Id} holds this key; another admin records that its holder has given a second factor.");
        if (!await call.Parts.Directory.StepUpApiKeyAsync(call.Workspace, key_id, at, call.Cancellation))
            return Problems.Conflict("api_key_revoked", $"The API key {key_id} is revoked. Create a new one.");
        Forget(http);
        return Answers.Ok(View(key with { StepUpAt = at }), json => json.ApiKeyView);
    });

    private static async Task<IResult> Revoke(HttpContext http, string key_id)
    {
        var call = Call.Of(http);
        if ((await call.Parts.Directory.ListApiKeysAsync(call.Workspace, call.Cancellation)).All(k => k.KeyId != key_id))
            return NotFound();
        await call.Parts.Directory.RevokeApiKeyAsync(call.Workspace, key_id, call.Parts.Time.GetUtcNow(), call.Cancellation);
        Forget(http);
        return Results.NoContent();
    }

    private static ProblemResult NotFound() => Problems.NotFound("api_key_not_found", "There is no API key with this id in this workspace.");

    private static void Forget(HttpContext http) => http.RequestServices.GetRequiredService<Callers>().Forget();

    private static ProblemResult Invalid(string field, string message) => Problems.Unprocessable("invalid_value", message, new ProblemError("invalid_value", message, field));

    private static ApiKeyView View(ApiKey k) => new(
        k.KeyId, k.Holder.Value, Wire.Name(k.HolderKind), [.. k.Roles.Select(Wire.Name)], k.CreatedAt, k.ExpiresAt, k.RevokedAt, k.Groups.Count == 0 ? null : k.Groups, k.StepUpAt);
}
