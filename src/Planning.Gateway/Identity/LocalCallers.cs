using System.Net;
using Microsoft.AspNetCore.Http;
using Planning.Contracts;
using Planning.Domain;
using Planning.Gateway.Errors;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Identity;

/// <summary>
/// Callers without a key, while none is configured: programs on this very machine, and nobody else. Proxies and web pages
/// speak for others, so what they carry is refused. A local caller may say which person it is, so that rules which
/// need several persons can be tried out.
/// </summary>
internal sealed class LocalCallers(GatewayOptions options, TimeProvider time)
{
    private const string Advice = "Create an API key first (POST /v1/api-keys on the machine itself), then send it.";

    private const string RolesWord = "roles=";
    private const string GroupsWord = "groups=";

    /// <summary>As if a second factor had just been given.</summary>
    private const string StepUpWord = "step_up";

    private static readonly Role[] AllRoles = Enum.GetValues<Role>();
    private static readonly string[] Forwarding = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"];

    public Identified Identify(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address))
            return Problems.Forbidden("keyless_remote", $"No API key is configured, so only this machine itself is served; you come from {address}. {Advice}");
        if (Forwarding.Any(http.Request.Headers.ContainsKey))
            return Problems.Forbidden("keyless_forwarded", $"No API key is configured, so nothing is served through a proxy. {Advice}");
        if (!IsLocalName(http.Request.Host.Host))
            return Problems.Forbidden("keyless_host", $"No API key is configured, so the server answers to localhost only, not to {http.Request.Host.Host}. {Advice}");
        if (http.Request.Headers.Origin is { Count: > 0 } origin && !IsOwnOrigin(origin.ToString(), http.Request))
            return Problems.Forbidden("keyless_cross_origin", $"No API key is configured, so pages of {origin} are not served. {Advice}");
        return Named(http.Request);
    }

    private Identified Named(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(PlanningHeaders.Actor, out var given))
            return Of("local", AllRoles);
        var parts = given.ToString().Split(';', StringSplitOptions.TrimEntries);
        if (!PersonIds.IsValid(parts[0]))
            return Malformed($"'{parts[0]}' is no person's id: {PersonIds.Form}");
        var (roles, groups, steppedUp) = (new HashSet<Role>(), Array.Empty<string>(), false);
        foreach (var part in parts.AsSpan(1))
        {
            if (part.StartsWith(GroupsWord, StringComparison.Ordinal))
            {
                groups = Words(part[GroupsWord.Length..]);
                if (groups.FirstOrDefault(g => !GroupNames.IsValid(g)) is { } wrong)
                    return Malformed($"'{wrong}' is no group: {GroupNames.Form}");
                continue;
            }
            if (part == StepUpWord)
            {
                steppedUp = true;
                continue;
            }
            if (!part.StartsWith(RolesWord, StringComparison.Ordinal))
                return Malformed("after the id, only roles=…, groups=… and step_up may follow");
            foreach (var name in Words(part[RolesWord.Length..]))
            {
                if (Wire.Find<Role>(name) is not { } role)
                    return Malformed($"there is no role '{name}'; there are {string.Join(", ", Wire.All<Role>())}");
                roles.Add(role);
            }
        }
        var saysRoles = parts.Skip(1).Any(part => part.StartsWith(RolesWord, StringComparison.Ordinal));
        var caller = Of(parts[0], saysRoles ? roles : AllRoles, groups);
        return steppedUp ? caller with { Actor = caller.Actor with { StepUpAt = time.GetUtcNow() } } : caller;
    }

    private static string[] Words(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private Caller Of(string person, IReadOnlyCollection<Role> roles, params IReadOnlyCollection<string> groups) =>
        new("local:" + person, new WorkspaceId(options.LocalWorkspace), new Actor(new PersonId(person), ActorKind.Person, roles) { Groups = groups });

    private static ProblemResult Malformed(string why) => Problems.BadRequest(
        "actor_header_invalid", $"{PlanningHeaders.Actor} cannot be read: {why}. It reads: ada;roles=planner,planning_lead;groups=payments.");

    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsOwnOrigin(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
