using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Planning.Engine.Audit;

namespace Planning.Gateway.Audit;

/// <summary>A route whose use is recorded, refused or not.</summary>
/// <param name="Action">What using it means, unless its handler says it more exactly. Null: recorded only where the handler says something.</param>
/// <param name="Resource">What it is done to. Which one, the first value in the route's address says, else the answer's Location.</param>
/// <param name="Announced">Recorded beforehand, too, because the act leaves no trace in the log.</param>
internal sealed record Audited(AuditEvent Event, AuditAction? Action, string Resource, bool Announced);

/// <summary>For routes of the gateway, and for what an executable maps beside them: one line each.</summary>
public static class AuditedExtensions
{
    /// <summary>An act whose event in the log tells that it happened, or a view: recorded before it is answered.</summary>
    public static RouteHandlerBuilder Audited(this RouteHandlerBuilder route, AuditEvent kind, AuditAction action, string resource) =>
        route.With(new Audited(kind, action, resource, Announced: false));

    /// <summary>An act beside the log: recorded before it begins, and again when its outcome is known.</summary>
    public static RouteHandlerBuilder AuditedBeforehand(this RouteHandlerBuilder route, AuditEvent kind, AuditAction action, string resource) =>
        route.With(new Audited(kind, action, resource, Announced: true));

    /// <summary>Only what the handler says is recorded: the body decides whether it matters.</summary>
    public static RouteHandlerBuilder AuditedWhereSaid(this RouteHandlerBuilder route, AuditEvent kind, string resource) =>
        route.With(new Audited(kind, Action: null, resource, Announced: false));

    private static RouteHandlerBuilder With(this RouteHandlerBuilder route, Audited audited) =>
        route.WithMetadata(audited).AddEndpointFilter(AuditedFilter.Instance);
}
