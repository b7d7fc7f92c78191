using Microsoft.AspNetCore.Http;
using Planning.Domain;
using Planning.Gateway.Audit;
using Planning.Gateway.Errors;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Identity;

/// <summary>Lets a request through to its route when its caller is known and may do what the route is for.</summary>
internal sealed class IdentityMiddleware(RequestDelegate next, Callers callers, GatewayParts parts)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Demand>() is not { } demand)
        {
            await next(http);
            return;
        }
        var identified = await callers.FindAsync(http);
        RequestAudit.Of(http).Comes(identified.Caller ?? identified.Former);
        var refused = identified.Problem ?? Refuse(identified.Caller!.Actor, demand);
        if (refused is not null)
        {
            if (refused.Status == StatusCodes.Status401Unauthorized)
                http.Response.Headers.WWWAuthenticate = "Bearer";
            await refused.ExecuteAsync(http);
            return;
        }
        http.Features.Set(new Call(http, identified.Caller!, parts));
        await next(http);
    }

    private static ProblemResult? Refuse(Actor actor, Demand demand)
    {
        Rejection? first = null;
        foreach (var permission in demand.AnyOf)
        {
            if (Permissions.Refuse(actor, permission) is not { } refused)
                return null;
            first ??= refused;
        }
        return first is null ? null : Problems.Of(first);
    }
}
