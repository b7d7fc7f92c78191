using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain;
using Planning.Engine.Audit;
using Planning.Engine.Reads;
using Planning.Gateway.Audit;
using Planning.Gateway.Errors;
using Planning.Gateway.Identity;
using Planning.Gateway.Mapping;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>The security audit of the caller's workspace, for auditors alone. Looking at it is recorded, too.</summary>
internal static class AuditRoutes
{
    public static void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/audit", List).Administering("list_audit", "List the security audit, newest first", Permission.ReadAudit)
            .Produces<Contracts.Page<AuditRecordView>>().Refuses(StatusCodes.Status422UnprocessableEntity)
            .Audited(AuditEvent.AuditView, AuditAction.View, "audit");

    private static async Task<IResult> List(
        HttpContext http, string? event_type, string? action, string? outcome, string? actor, string? resource_type, string? resource_id,
        DateTimeOffset? from, DateTimeOffset? to, int? limit, string? cursor)
    {
        var call = Call.Of(http);
        if ((Unknown<AuditEvent>(nameof(event_type), event_type) ?? Unknown<AuditAction>(nameof(action), action) ?? Unknown<AuditOutcome>(nameof(outcome), outcome)) is { } wrong)
            return wrong;
        if (actor is not null && !PersonIds.IsValid(actor))
            return Invalid(nameof(actor), $"'{actor}' is no person's or service's id: {PersonIds.Form}.");
        if (to <= from)
            return Invalid(nameof(to), $"'to' is {to:O}; it lies after 'from', which is {from:O}.");
        var filter = new AuditFilter(
            event_type, action, outcome, actor is null ? null : new PersonId(actor), resource_type, resource_id, from?.ToUniversalTime(), to?.ToUniversalTime());
        if (Listing.LimitProblem(limit) is { } outside)
            return outside;
        var page = await call.Parts.Audit.ListAsync(
            call.Workspace, filter, new PageRequest(string.IsNullOrEmpty(cursor) ? null : cursor, limit ?? Listing.DefaultLimit), call.Cancellation);
        return Answers.Ok(new Contracts.Page<AuditRecordView>([.. page.Items.Select(AuditViews.Of)], page.Next), json => json.PageAuditRecordView);
    }

    private static ProblemResult? Unknown<TKind>(string parameter, string? value) where TKind : struct, Enum =>
        value is null || AuditNames.IsKnown<TKind>(value) ? null : Invalid(parameter, $"There is no {parameter} '{value}'; there are {string.Join(", ", AuditNames.All<TKind>())}.");

    private static ProblemResult Invalid(string parameter, string message) =>
        Problems.Unprocessable("filter_invalid", message, new ProblemError("filter_invalid", message, parameter));
}
