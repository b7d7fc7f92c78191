using Microsoft.AspNetCore.Builder;
using Planning.Domain;

namespace Planning.Gateway.Identity;

/// <summary>What a route asks of its caller: one of these permissions. Where the body decides which, the domain asks again.</summary>
internal sealed record Demand(IReadOnlyList<Permission> AnyOf);

/// <summary>For routes of the gateway, and for what an executable maps beside them.</summary>
public static class DemandExtensions
{
    public static TBuilder Demands<TBuilder>(this TBuilder route, params IReadOnlyList<Permission> anyOf) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new Demand(anyOf));
}
