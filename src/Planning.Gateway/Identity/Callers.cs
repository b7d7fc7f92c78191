using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Planning.Contracts;
using Planning.Domain;
using Planning.Engine.People;
using Planning.Gateway.Errors;

namespace Planning.Gateway.Identity;

/// <summary>
/// Finds the caller of a request by its API key. While no key is configured at all, local callers are served without one.
/// Answers of the directory are believed for <see cref="GatewayOptions.KeyCacheTime"/>.
/// </summary>
internal sealed class Callers(IDirectory directory, LocalCallers local, GatewayOptions options, TimeProvider time)
{
    private const string Scheme = "Bearer ";

    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);
    private volatile KeysConfigured? configured;

    public async ValueTask<Identified> FindAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization;
        if (header.Count == 0)
        {
            return await HasKeysAsync(http.RequestAborted)
                ? Problems.Unauthorized("credential_missing", "This server asks for an API key. Send Authorization: Bearer plk_….")
                : local.Identify(http);
        }
        var text = header.ToString();
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || ApiKeyToken.Parse(text.AsSpan(Scheme.Length).Trim()) is not { } token)
            return Problems.Unauthorized("credential_malformed", "The Authorization header holds no API key. It reads: Bearer plk_<key id>_<secret>.");
        if (http.Request.Headers.ContainsKey(PlanningHeaders.Actor))
            return Problems.BadRequest("actor_header_refused", $"{PlanningHeaders.Actor} is for local development without API keys. With a key, the key says who you are; leave the header out.");
        return await FindAsync(token, http.RequestAborted);
    }

    /// <summary>Whether any API key is configured, as last known.</summary>
    public async ValueTask<bool> HasKeysAsync(CancellationToken cancellation)
    {
        var now = time.GetTimestamp();
        if (configured is { } answer && time.GetElapsedTime(answer.At, now) < options.KeyCacheTime)
            return answer.Any;
        var any = await directory.HasApiKeysAsync(cancellation);
        configured = new KeysConfigured(any, now);
        return any;
    }

    /// <summary>Called when keys have changed through this process.</summary>
    public void Forget()
    {
        known.Clear();
        configured = null;
    }

    private async ValueTask<Identified> FindAsync(ApiKeyToken token, CancellationToken cancellation)
    {
        var hash = token.SecretHash;
        var now = time.GetTimestamp();
        if (!known.TryGetValue(token.KeyId, out var entry) || time.GetElapsedTime(entry.At, now) >= options.KeyCacheTime || !Same(entry.Key, token, hash))
        {
            if (await directory.FindApiKeyAsync(hash, cancellation) is not { } found || !Same(found, token, hash))
                return Problems.Unauthorized("credential_unknown", "There is no such API key. Check that it was copied whole, or have an admin create a new one.");
            var actor = new Actor(found.Holder, found.HolderKind, found.Roles) { Groups = found.Groups, StepUpAt = found.StepUpAt };
            known[token.KeyId] = entry = new Known(found, new Caller(found.KeyId, found.Workspace, actor, found.KeyId), now);
        }
        if (entry.Key.RevokedAt is { } revoked)
            return Over(Problems.Unauthorized("credential_revoked", $"The API key {token.KeyId} was revoked at {revoked:O}. Have an admin create a new one."), entry);
        if (entry.Key.ExpiresAt is { } expires && expires <= time.GetUtcNow())
            return Over(Problems.Unauthorized("credential_expired", $"The API key {token.KeyId} expired at {expires:O}. Have an admin create a new one."), entry);
        return entry.Caller;
    }

    private static Identified Over(ProblemResult problem, Known entry) => new(Caller: null, problem, entry.Caller);

    private static bool Same(ApiKey key, ApiKeyToken token, byte[] hash) =>
        key.KeyId == token.KeyId && CryptographicOperations.FixedTimeEquals(key.SecretHash.Span, hash);

    private sealed record Known(ApiKey Key, Caller Caller, long At);

    private sealed record KeysConfigured(bool Any, long At);
}
