using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain.Governance;
using Planning.Engine.Reads;
using Planning.Gateway.Errors;
using Planning.Gateway.Mapping;
using Planning.Gateway.OpenApi;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>What governance says about open plans, at this moment.</summary>
internal static class ComplianceRoutes
{
    public static void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/compliance", List).Reading<CompliancePage>("list_compliance", "List open plans with what governance misses, newest first").WithMetadata(TakesHeader.MinPosition);

    private static async Task<IResult> List(HttpContext http, bool? compliant, string? stream, int? limit, string? cursor)
    {
        var call = Call.Of(http);
        if (Listing.LimitProblem(limit) is { } wrong)
            return wrong;
        var min = call.MinPosition();
        if (min.Problem is { } invalid)
            return invalid;
        var list = ListNames.Compliance(compliant, stream);
        var query = new ComplianceQuery(compliant, stream, ListCursor.Read(call.Workspace, list, string.IsNullOrEmpty(cursor) ? null : cursor), limit ?? Listing.DefaultLimit);
        var report = await call.Parts.Views.ComplianceAsync(call.Workspace, query, new(min.Value ?? 0, call.Parts.Time.GetUtcNow()), call.Cancellation);
        return Answers.Ok(
            ComplianceViews.Of(report, report.Next is { } next ? ListCursor.Write(call.Workspace, list, next) : null), json => json.CompliancePage);
    }
}
