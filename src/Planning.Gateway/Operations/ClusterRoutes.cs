using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Planning.Domain;
using Planning.Engine.Json;
using Planning.Gateway.Errors;
using Planning.Gateway.Requests;
using Planning.Gateway.Routes;

namespace Planning.Gateway.Operations;

/// <summary>Who serves what, for operators. Not under /v1: it tells of processes, not of plans.</summary>
public static class ClusterRoutes
{
    /// <summary>For executables that register <see cref="IClusterMembers"/>, after the gateway itself.</summary>
    public static WebApplication MapPlanningCluster(this WebApplication app)
    {
        var cluster = app.MapGroup("/cluster").ExcludeFromDescription();
        cluster.MapGet("/silos", (Delegate)List).Administering("list_silos", "List the members of the cluster", Permission.Operate);
        cluster.MapGet("/placement/{kind}/{id}", Find).Administering("find_placement", "Which silo has an entity in memory", Permission.Operate);
        return app;
    }

    private static Task<IResult> List(HttpContext http) => AnswerAsync(http, async (call, members) => new SiloList(await members.ListAsync(call.Cancellation)));

    private static async Task<IResult> Find(HttpContext http, string kind, string id)
    {
        if (Wire.Find<EntityKind>(kind) is not { } known)
            return Problems.NotFound("entity_kind_unknown", $"There is no kind of entity '{kind}'; there are {string.Join(", ", Wire.All<EntityKind>())}.");
        return await AnswerAsync(http, async (call, members) =>
        {
            var silo = await members.SiloOfAsync(new EntityKey(call.Workspace, known, id), call.Cancellation);
            return new PlacementView(known, call.Workspace.Value, id, silo is not null, silo);
        });
    }

    private static async Task<IResult> AnswerAsync<T>(HttpContext http, Func<Call, IClusterMembers, Task<T>> ask)
    {
        try
        {
            return Results.Json(await ask(Call.Of(http), http.RequestServices.GetRequiredService<IClusterMembers>()), PlanningJson.Options);
        }
        catch (TimeoutException)
        {
            return Problems.Unavailable("cluster_unavailable", "No silo of the cluster answers now. Try again; /health/ready says what is well.");
        }
    }
}
