using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Handoff;
using Planning.Engine.Audit;
using Planning.Engine.People;
using Planning.Gateway.Audit;
using Planning.Gateway.Errors;
using Planning.Gateway.Identity;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>Signers' public keys. Private keys never come here.</summary>
internal static class KeyRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/keys", (Delegate)Register).Administering("register_key", "Register a signer's public key", Permission.ManageKeys)
            .Accepts<RegisterKeyRequest>("application/json").Produces<KeyView>(StatusCodes.Status201Created).Produces<KeyView>()
            .Refuses(StatusCodes.Status409Conflict).Refuses(StatusCodes.Status422UnprocessableEntity)
            .AuditedBeforehand(AuditEvent.SignerKeyChange, AuditAction.Register, "signer_key");
        v1.MapGet("/keys", (Delegate)List).Administering("list_keys", "List the public keys of this workspace", Permission.ReadWorkspace).Produces<KeyList>();
        v1.MapDelete("/keys/{fingerprint}", Revoke).Administering("revoke_key", "Revoke a public key; what it signed before stays signed", Permission.ManageKeys)
            .Produces(StatusCodes.Status204NoContent).Refuses(StatusCodes.Status404NotFound)
            .AuditedBeforehand(AuditEvent.SignerKeyChange, AuditAction.Revoke, "signer_key");
    }

    private static Task<IResult> Register(HttpContext http) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.RegisterKeyRequest, async (call, body) =>
    {
        call.Audit.Says(AuditAction.Register, ("person", body.Person), ("role", body.Role));
        if (Wire.Find<Role>(body.Role) is not { } role || role is not (Role.PlanningLead or Role.TechnicalReviewer))
            return Problems.Unprocessable("invalid_value", $"Keys sign as planning_lead or technical_reviewer, not as '{body.Role}'.", new ProblemError("invalid_value", body.Role, "/role"));
        if (!PersonIds.IsValid(body.Person))
            return Problems.Unprocessable("invalid_value", $"'{body.Person}' is no person's id: {PersonIds.Form}.", new ProblemError("invalid_value", body.Person, "/person"));
        var from = (body.ValidFrom ?? call.Parts.Time.GetUtcNow()).ToUniversalTime();
        if (body.ValidTo <= from)
            return Problems.Unprocessable("invalid_value", $"The key is valid until {body.ValidTo:O}, before it begins at {from:O}.", new ProblemError("invalid_value", "valid_to is not after valid_from", "/valid_to"));
        if (body.PublicKeyPem.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            return Problems.Unprocessable("private_key_posted", "'public_key_pem' is a private key. It was not kept, but it has left its owner: make a new pair with 'planning keys new' and register the public half.");
        if (FingerprintOf(body.PublicKeyPem) is not { } fingerprint)
            return Problems.Unprocessable("public_key_invalid", $"'public_key_pem' is no RSA public key in PEM with at least {SealCrypto.MinKeyBits} bits. 'planning keys new' makes a pair.");

        var key = new SignerKey(
            call.Workspace, fingerprint, PublicPem(body.PublicKeyPem), new PersonId(body.Person), role, from, body.ValidTo.ToUniversalTime(), RevokedAt: null);
        if (await call.Parts.Directory.AddSignerKeyAsync(key, call.Cancellation))
            return Answers.Created(call.Http, $"/v1/keys/{fingerprint}", View(key), json => json.KeyView);
        return await call.Parts.Directory.FindSignerKeyAsync(call.Workspace, fingerprint, call.Cancellation) is { RevokedAt: null } known && known.Person == key.Person && known.Role == key.Role
            ? Answers.Ok(View(known), json => json.KeyView)
            : Problems.Conflict("key_registered", $"The key {fingerprint} is registered already, for another person or role, or was revoked. Make a new pair.");
    });

    private static async Task<IResult> List(HttpContext http)
    {
        var call = Call.Of(http);
        return Answers.Ok(new KeyList([.. (await call.Parts.Directory.ListSignerKeysAsync(call.Workspace, call.Cancellation)).Select(View)]), json => json.KeyList);
    }

    private static async Task<IResult> Revoke(HttpContext http, string fingerprint)
    {
        var call = Call.Of(http);
        var known = await call.Parts.Directory.FindSignerKeyAsync(call.Workspace, fingerprint, call.Cancellation);
        if (known is null)
            return Problems.NotFound("key_not_found", "There is no key with this fingerprint in this workspace.");
        if (known.RevokedAt is null)
            await call.Parts.Directory.RevokeSignerKeyAsync(call.Workspace, fingerprint, call.Parts.Time.GetUtcNow(), call.Cancellation);
        return Results.NoContent();
    }

    /// <summary>Null for what is no public key, or too short.</summary>
    private static string? FingerprintOf(string pem)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return rsa.KeySize >= SealCrypto.MinKeyBits ? SealCrypto.Fingerprint(pem) : null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private static string PublicPem(string pem)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return rsa.ExportSubjectPublicKeyInfoPem();
    }

    private static KeyView View(SignerKey k) => new(k.Fingerprint, k.PublicKeyPem, k.Person.Value, Wire.Name(k.Role), k.ValidFrom, k.ValidTo, k.RevokedAt);
}
