using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Planning.Contracts;
using Planning.Domain;
using Planning.Gateway.Identity;
using Planning.Gateway.OpenApi;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>The few forms that routes have: what they demand, what they take and give, which rate limit counts them.</summary>
internal static class RouteForms
{
    public static RouteHandlerBuilder Reading<TView>(this RouteHandlerBuilder route, string name, string summary) =>
        route.Reading(name, summary).Produces<TView>();

    public static RouteHandlerBuilder Reading(this RouteHandlerBuilder route, string name, string summary) =>
        route.Formed(name, summary, RateLimitNames.Reads, Permission.ReadWorkspace).Refuses(StatusCodes.Status404NotFound);

    public static RouteHandlerBuilder Listing<TItem>(this RouteHandlerBuilder route, string name, string summary) =>
        route.Formed(name, summary, RateLimitNames.Reads, Permission.ReadWorkspace).Produces<Page<TItem>>().WithMetadata(TakesHeader.MinPosition);

    public static RouteHandlerBuilder Commanding<TBody, TView>(
        this RouteHandlerBuilder route, string name, string summary, int status, params Permission[] anyOf) where TBody : notnull =>
        route.Commanding<TView>(name, summary, status, anyOf).Accepts<TBody>("application/json");

    /// <summary>Judges a JSON body, and keeps nothing of it.</summary>
    public static RouteHandlerBuilder Judging<TBody, TView>(this RouteHandlerBuilder route, string name, string summary) where TBody : notnull =>
        route.Formed(name, summary, RateLimitNames.Commands, Permission.ReadWorkspace).Accepts<TBody>("application/json").Produces<TView>()
            .Refuses(StatusCodes.Status422UnprocessableEntity);

    /// <summary>A command without a JSON body.</summary>
    public static RouteHandlerBuilder Commanding<TView>(
        this RouteHandlerBuilder route, string name, string summary, int status, params Permission[] anyOf) =>
        route.Formed(name, summary, RateLimitNames.Commands, anyOf).Produces<TView>(status)
            .Refuses(StatusCodes.Status409Conflict).Refuses(StatusCodes.Status412PreconditionFailed)
            .Refuses(StatusCodes.Status422UnprocessableEntity)
            .WithMetadata(TakesHeader.IdempotencyKey, TakesHeader.IfMatch);

    public static RouteHandlerBuilder Administering(this RouteHandlerBuilder route, string name, string summary, params Permission[] anyOf) =>
        route.Formed(name, summary, RateLimitNames.Administration, anyOf);

    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, int status) => route.Produces<Problem>(status, "application/problem+json");

    private static RouteHandlerBuilder Formed(this RouteHandlerBuilder route, string name, string summary, string rateLimit, params Permission[] anyOf) => route
        .WithName(name)
        .WithSummary(summary)
        .WithMetadata(KnowsItsQuery.Instance)
        .Demands(anyOf)
        .RequireRateLimiting(rateLimit)
        .Refuses(StatusCodes.Status400BadRequest)
        .Refuses(StatusCodes.Status401Unauthorized)
        .Refuses(StatusCodes.Status403Forbidden)
        .Refuses(StatusCodes.Status429TooManyRequests)
        .Refuses(StatusCodes.Status503ServiceUnavailable);
}

/// <summary>Names of the rate limits; each has its option in <see cref="RateLimits"/>.</summary>
internal static class RateLimitNames
{
    public const string Reads = "reads";
    public const string Commands = "commands";
    public const string Uploads = "uploads";
    public const string Administration = "administration";
    public const string Feeds = "feeds";
    public const string Streams = "streams";
    public const string Webhooks = "webhooks";
}
